# Completes commands of maglev in fish. To use it, put into ~/.config/fish/config.fish:
#
#     maglev completions fish | source
#
# What may follow a word is known here; names are asked of the daemon, for a second at most.

# For each state, the words that may follow, each with the state that it leads to and its help.
set -g _maglev_states \
@states
# For each state, which flags there are.
set -g _maglev_flag_sets @flag_set_of
set -g _maglev_flags \
@flag_sets
set -g _maglev_helps \
@helps

# Prints the state to which the word $argv[2] leads from the state $argv[1]; 0 if it is wrong.
function _maglev_step
    set -l slot
    set -l open
    set -l closed
    for entry in (string split -n ' ' -- $_maglev_states[$argv[1]])
        set -l parts (string split = -- $entry)
        if test "$parts[1]" = "$argv[2]"
            echo $parts[2]
            return
        else if string match -q '<*' -- $parts[1]
            set slot $parts[2]
        else if test (string sub -l (string length -- "$argv[2]") -- $parts[1]) = "$argv[2]"
            if test -n "$_maglev_states[$parts[2]]"
                set -a open $parts[2]
            else
                set -a closed $parts[2]
            end
        end
    end
    # A word that nothing can follow is not meant where something does.
    if set -q slot[1]
        echo $slot
    else if test (count $open) -eq 1
        echo $open
    else if test (count $open) -eq 0 -a (count $closed) -eq 1
        echo $closed
    else
        echo 0
    end
end

# Prints the names that the daemon has for the slot $argv[1]; the program and its flags follow.
function _maglev_names
    switch $argv[1]
        case '<backend>' '<frontend>' '<healthcheck>'
            set -l what (string trim -c '<>' -- $argv[1])s
            command $argv[2] show $what -o jsonl --timeout 1s $argv[3..] 2>/dev/null </dev/null |
                string replace -rf '^\{"name":"([^"\\\\]*)".*' '$1'
        case '<level>'
            printf '%s\n' debug info warn error
    end
end

function _maglev_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l state 1
    set -l flag ''
    set -l server
    for word in $words[2..]
        if test -n "$flag"
            contains -- $flag @server_flags
            and set -a server $flag $word
            set flag ''
            continue
        end
        set -l name (string split -m 1 = -- $word)[1]
        if contains -- "$word" @text_flags
            set flag $word
        else if contains -- "$name" @server_flags
            set -a server $word
        else if not string match -q -- '-*' $word; and test $state -ne 0
            set state (_maglev_step $state $word)
        end
    end
    set -l before ''
    if test -z "$flag"; and string match -q -- '--*=*' $current
        set flag (string split -m 1 = -- $current)[1]
        set before $flag=
        set current (string split -m 1 = -- $current)[2]
    end
    if test -n "$flag"
        switch $flag
@choices
            case @file_flags
                __fish_complete_path $current | string replace -r '^' -- $before
        end
        return
    end
    test $state -eq 0; and return
    set -l entries $_maglev_states[$state]
    string match -q -- '-*' $current
    and set entries $_maglev_flags[$_maglev_flag_sets[$state]]
    for entry in (string split -n ' ' -- $entries)
        set -l parts (string split = -- $entry)
        if string match -q '<*' -- $parts[1]
            _maglev_names $parts[1] $words[1] $server
        else
            printf '%s\t%s\n' $parts[1] $_maglev_helps[$parts[-1]]
        end
    end
end

complete -c maglev -e
complete -c maglev -f -a '(_maglev_complete)'
