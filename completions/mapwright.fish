# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_mapwright_global_optspecs
    string join \n color= h/help V/version
end

function __fish_mapwright_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_mapwright_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_mapwright_using_subcommand
    set -l cmd (__fish_mapwright_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c mapwright -n "__fish_mapwright_needs_command" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_needs_command" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_needs_command" -s V -l version -d 'Print version'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "transform" -d 'Turn events into requests: one JSON event per line in, one JSON answer per line out, in input order'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "validate" -d 'Check mappings: report every mistake, where it is, and what was probably meant'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "explain" -d 'Show how an event is turned into requests: which rules were tried, and where each value comes from'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "test" -d 'Run recorded events and compare the results with the accepted snapshots'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "ops" -d 'List the operators, tests and predicates of the language, or describe one in detail'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "codes" -d 'List everything that `validate` can report, or describe one code in detail'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "new" -d 'Create a mapping for a new destination, with an example event of each type'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "schema" -d 'Print the JSON Schema of mappings, which lets editors complete and check them as you type'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "completions" -d 'Print the completions of a shell: then Tab completes verbs, options and values'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "man" -d 'Print the manual page of the command or of a verb, for `man`'
complete -c mapwright -n "__fish_mapwright_needs_command" -f -a "help" -d 'Show the help of a verb, or a page of the documentation'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s m -l mapping -d 'The mapping, a YAML file' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s c -l config -d 'The destination\'s settings, a JSON file' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s o -l output -d 'The file to write the answers to, replaced when all of them are written [default: standard output]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s t -l threads -d 'Number of threads [default: one per processor, at most 16]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l max-line-bytes -d 'Maximum bytes of a line' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l max-depth -d 'Maximum nesting of an event' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l max-event-memory -d 'Maximum bytes of memory for one event' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l max-event-values -d 'Maximum elements and members made of one event' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l max-event-steps -d 'Maximum steps for one event' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l settings-cache-memory -d 'Maximum bytes of prepared settings' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l progress -d 'When to show progress on standard error' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s e -l envelope -d 'Each line is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l fail-on-error -d 'Exit with code 1 if an event was refused'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l check-contract -d 'Check requests against the mapping\'s contract: violations are listed under `contract` in the answer, and the exit code is 1'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l summary -d 'Write a summary to standard error even if it is not a terminal'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s q -l quiet -d 'Show neither progress nor summary'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l pretty -d 'Show requests for people to read; secret settings as •••'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l curl -d 'Show requests as curl commands; secret settings as •••'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -l show-secrets -d 'Show secret settings with --pretty or --curl'
complete -c mapwright -n "__fish_mapwright_using_subcommand transform" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -s f -l format -d 'Output format: text for people, JSON for programs, SARIF for code scanning, or GitHub annotations' -r -f -a "text\t''
json\t''
sarif\t''
github\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -l deny -d 'What to treat as errors' -r -f -a "warnings\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -l events -d 'A file of events, one per line: reports paths, values and rules of the mapping that do not occur in them' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -s c -l config -d 'The destination\'s settings, a JSON file, which is checked too; for --events [default: a placeholder for each setting]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -l fix -d 'Apply safe fixes, and report what remains'
complete -c mapwright -n "__fish_mapwright_using_subcommand validate" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s m -l mapping -d 'The mapping, a YAML file' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s c -l config -d 'The destination\'s settings, a JSON file' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s l -l line -d 'Explain the event on this line of a file with one event per line; `FILE:N` names the file, too' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s p -l path -d 'Explain only this value: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s f -l format -d 'Output format: text for people, JSON for programs' -r -f -a "text\t''
json\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s e -l envelope -d 'The event is an envelope with its own settings: {"message": the event, "destination": {"Config": …}, "metadata": …}'
complete -c mapwright -n "__fish_mapwright_using_subcommand explain" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s m -l mapping -d 'The mapping, a YAML file [default: every mapping in mappings/ that has events]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s e -l events -d 'The folder of events [default: tests/events/ and the mapping\'s name]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s s -l snapshots -d 'The folder of snapshots [default: snapshots/events/ and the mapping\'s name]' -r
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s u -l unreferenced -d 'Report snapshots that have no event as a failure, only report them, or delete them' -r -f -a "reject\t''
warn\t''
delete\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s f -l format -d 'Output format: text for people, an XML test report, or GitHub annotations' -r -f -a "text\t''
junit\t''
github\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s a -l accept -d 'Accept the results by updating the snapshots'
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -l check-contract -d 'Check every request against the mapping\'s contract, if it names one'
complete -c mapwright -n "__fish_mapwright_using_subcommand test" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand ops" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand ops" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand codes" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand codes" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand new" -l dir -d 'The project folder, which contains `mappings` and `tests`' -r -F
complete -c mapwright -n "__fish_mapwright_using_subcommand new" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand new" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand schema" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand schema" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand completions" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand completions" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand man" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand man" -s h -l help -d 'Print help'
complete -c mapwright -n "__fish_mapwright_using_subcommand help" -l color -d 'When to color human-readable output; `auto` depends on the terminal and on `NO_COLOR`' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mapwright -n "__fish_mapwright_using_subcommand help" -s h -l help -d 'Print help'
