
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'mapwright' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'mapwright'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'mapwright' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('transform', 'transform', [CompletionResultType]::ParameterValue, 'Turn events into requests: one JSON event per line in, one JSON answer per line out, in input order')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check mappings: report every mistake, where it is, and what was probably meant')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Show how an event is turned into requests: which rules were tried, and where each value comes from')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run recorded events and compare the results with the accepted snapshots')
            [CompletionResult]::new('ops', 'ops', [CompletionResultType]::ParameterValue, 'List the operators, tests and predicates of the language, or describe one in detail')
            [CompletionResult]::new('codes', 'codes', [CompletionResultType]::ParameterValue, 'List everything that `validate` can report, or describe one code in detail')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Create a mapping for a new destination, with an example event of each type')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of mappings, which lets editors complete and check them as you type')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell: then Tab completes verbs, options and values')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of the command or of a verb, for `man`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Show the help of a verb, or a page of the documentation')
            break
        }
        'mapwright;transform' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The mapping, a YAML file')
            [CompletionResult]::new('--mapping', '--mapping', [CompletionResultType]::ParameterName, 'The mapping, a YAML file')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write the answers to, replaced when all of them are written [default: standard output]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write the answers to, replaced when all of them are written [default: standard output]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Number of threads [default: one per processor, at most 16]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Number of threads [default: one per processor, at most 16]')
            [CompletionResult]::new('--max-line-bytes', '--max-line-bytes', [CompletionResultType]::ParameterName, 'Maximum bytes of a line')
            [CompletionResult]::new('--max-depth', '--max-depth', [CompletionResultType]::ParameterName, 'Maximum nesting of an event')
            [CompletionResult]::new('--max-event-memory', '--max-event-memory', [CompletionResultType]::ParameterName, 'Maximum bytes of memory for one event')
            [CompletionResult]::new('--max-event-values', '--max-event-values', [CompletionResultType]::ParameterName, 'Maximum elements and members made of one event')
            [CompletionResult]::new('--max-event-steps', '--max-event-steps', [CompletionResultType]::ParameterName, 'Maximum steps for one event')
            [CompletionResult]::new('--settings-cache-memory', '--settings-cache-memory', [CompletionResultType]::ParameterName, 'Maximum bytes of prepared settings')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'When to show progress on standard error')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}')
            [CompletionResult]::new('--envelope', '--envelope', [CompletionResultType]::ParameterName, 'Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}')
            [CompletionResult]::new('--fail-on-error', '--fail-on-error', [CompletionResultType]::ParameterName, 'Exit with code 1 if an event was refused')
            [CompletionResult]::new('--check-contract', '--check-contract', [CompletionResultType]::ParameterName, 'Check requests against the mapping''s contract: violations are listed under `contract` in the answer, and the exit code is 1')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Write a summary to standard error even if it is not a terminal')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show neither progress nor summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show neither progress nor summary')
            [CompletionResult]::new('--pretty', '--pretty', [CompletionResultType]::ParameterName, 'Show requests for people to read; secret settings as •••')
            [CompletionResult]::new('--curl', '--curl', [CompletionResultType]::ParameterName, 'Show requests as curl commands; secret settings as •••')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show secret settings with --pretty or --curl')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;validate' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'What to treat as errors')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'A file of events, one per line: reports paths, values and rules of the mapping that do not occur in them')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Apply safe fixes, and report what remains')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;explain' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The mapping, a YAML file')
            [CompletionResult]::new('--mapping', '--mapping', [CompletionResultType]::ParameterName, 'The mapping, a YAML file')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The destination''s settings, a JSON file')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Explain the event on this line of a file with one event per line; `FILE:N` names the file, too')
            [CompletionResult]::new('--line', '--line', [CompletionResultType]::ParameterName, 'Explain the event on this line of a file with one event per line; `FILE:N` names the file, too')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Output format: text for people, JSON for programs')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format: text for people, JSON for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}')
            [CompletionResult]::new('--envelope', '--envelope', [CompletionResultType]::ParameterName, 'The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;test' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The mapping, a YAML file [default: every mapping in mappings/ that has events]')
            [CompletionResult]::new('--mapping', '--mapping', [CompletionResultType]::ParameterName, 'The mapping, a YAML file [default: every mapping in mappings/ that has events]')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The folder of events [default: tests/events/ and the mapping''s name]')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'The folder of events [default: tests/events/ and the mapping''s name]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The folder of snapshots [default: snapshots/events/ and the mapping''s name]')
            [CompletionResult]::new('--snapshots', '--snapshots', [CompletionResultType]::ParameterName, 'The folder of snapshots [default: snapshots/events/ and the mapping''s name]')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Report snapshots that have no event as a failure, only report them, or delete them')
            [CompletionResult]::new('--unreferenced', '--unreferenced', [CompletionResultType]::ParameterName, 'Report snapshots that have no event as a failure, only report them, or delete them')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Output format: text for people, an XML test report, or GitHub annotations')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format: text for people, an XML test report, or GitHub annotations')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Accept the results by updating the snapshots')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Accept the results by updating the snapshots')
            [CompletionResult]::new('--check-contract', '--check-contract', [CompletionResultType]::ParameterName, 'Check every request against the mapping''s contract, if it names one')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;ops' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;codes' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;new' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'The project folder, which contains `mappings` and `tests`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;man' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mapwright;help' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
