
use builtin;
use str;

set edit:completion:arg-completer[mapwright] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'mapwright'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'mapwright'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand transform 'Turn events into requests: one JSON event per line in, one JSON answer per line out, in input order'
            cand validate 'Check mappings: report every mistake, where it is, and what was probably meant'
            cand explain 'Show how an event is turned into requests: which rules were tried, and where each value comes from'
            cand test 'Run recorded events and compare the results with the accepted snapshots'
            cand ops 'List the operators, tests and predicates of the language, or describe one in detail'
            cand codes 'List everything that `validate` can report, or describe one code in detail'
            cand new 'Create a mapping for a new destination, with an example event of each type'
            cand schema 'Print the JSON Schema of mappings, which lets editors complete and check them as you type'
            cand completions 'Print the completions of a shell: then Tab completes verbs, options and values'
            cand man 'Print the manual page of the command or of a verb, for `man`'
            cand help 'Show the help of a verb, or a page of the documentation'
        }
        &'mapwright;transform'= {
            cand -m 'The mapping, a YAML file'
            cand --mapping 'The mapping, a YAML file'
            cand -c 'The destination''s settings, a JSON file'
            cand --config 'The destination''s settings, a JSON file'
            cand -o 'The file to write the answers to, replaced when all of them are written [default: standard output]'
            cand --output 'The file to write the answers to, replaced when all of them are written [default: standard output]'
            cand -t 'Number of threads [default: one per processor, at most 16]'
            cand --threads 'Number of threads [default: one per processor, at most 16]'
            cand --max-line-bytes 'Maximum bytes of a line'
            cand --max-depth 'Maximum nesting of an event'
            cand --max-event-memory 'Maximum bytes of memory for one event'
            cand --max-event-values 'Maximum elements and members made of one event'
            cand --max-event-steps 'Maximum steps for one event'
            cand --settings-cache-memory 'Maximum bytes of prepared settings'
            cand --progress 'When to show progress on standard error'
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -e 'Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
            cand --envelope 'Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
            cand --fail-on-error 'Exit with code 1 if an event was refused'
            cand --check-contract 'Check requests against the mapping''s contract: violations are listed under `contract` in the answer, and the exit code is 1'
            cand --summary 'Write a summary to standard error even if it is not a terminal'
            cand -q 'Show neither progress nor summary'
            cand --quiet 'Show neither progress nor summary'
            cand --pretty 'Show requests for people to read; secret settings as •••'
            cand --curl 'Show requests as curl commands; secret settings as •••'
            cand --show-secrets 'Show secret settings with --pretty or --curl'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;validate'= {
            cand -f 'Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations'
            cand --format 'Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations'
            cand --deny 'What to treat as errors'
            cand --events 'A file of events, one per line: reports paths, values and rules of the mapping that do not occur in them'
            cand -c 'The destination''s settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]'
            cand --config 'The destination''s settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]'
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand --fix 'Apply safe fixes, and report what remains'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;explain'= {
            cand -m 'The mapping, a YAML file'
            cand --mapping 'The mapping, a YAML file'
            cand -c 'The destination''s settings, a JSON file'
            cand --config 'The destination''s settings, a JSON file'
            cand -l 'Explain the event on this line of a file with one event per line; `FILE:N` names the file, too'
            cand --line 'Explain the event on this line of a file with one event per line; `FILE:N` names the file, too'
            cand -p 'Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field'
            cand --path 'Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field'
            cand -f 'Output format: text for people, JSON for programs'
            cand --format 'Output format: text for people, JSON for programs'
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -e 'The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
            cand --envelope 'The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;test'= {
            cand -m 'The mapping, a YAML file [default: every mapping in mappings/ that has events]'
            cand --mapping 'The mapping, a YAML file [default: every mapping in mappings/ that has events]'
            cand -e 'The folder of events [default: tests/events/ and the mapping''s name]'
            cand --events 'The folder of events [default: tests/events/ and the mapping''s name]'
            cand -s 'The folder of snapshots [default: snapshots/events/ and the mapping''s name]'
            cand --snapshots 'The folder of snapshots [default: snapshots/events/ and the mapping''s name]'
            cand -u 'Report snapshots that have no event as a failure, only report them, or delete them'
            cand --unreferenced 'Report snapshots that have no event as a failure, only report them, or delete them'
            cand -f 'Output format: text for people, an XML test report, or GitHub annotations'
            cand --format 'Output format: text for people, an XML test report, or GitHub annotations'
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -a 'Accept the results by updating the snapshots'
            cand --accept 'Accept the results by updating the snapshots'
            cand --check-contract 'Check every request against the mapping''s contract, if it names one'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;ops'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;codes'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;new'= {
            cand --dir 'The project folder, which contains `mappings` and `tests`'
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;schema'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;completions'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;man'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mapwright;help'= {
            cand --color 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
