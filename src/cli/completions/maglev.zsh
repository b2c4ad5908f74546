#compdef maglev
# Completes commands of maglev in zsh. To use it, put this file as _maglev into a folder of $fpath,
# or put into ~/.zshrc, after compinit:
#
#     source <(maglev completions zsh)
#
# What may follow a word is known here; names are asked of the daemon, for a second at most.

# For each state, the words that may follow, each with the state that it leads to and its help.
typeset -ga _maglev_states=(
@states
)
# For each state, which flags there are.
typeset -ga _maglev_flag_sets=(@flag_set_of)
typeset -ga _maglev_flags=(
@flag_sets
)
typeset -ga _maglev_helps=(
@helps
)

# Moves $state on to where the word $1 leads; to 0, where nothing follows, if it is wrong.
_maglev_step() {
  local entry slot=''
  local -a parts open closed
  for entry in ${(s: :)_maglev_states[state]}; do
    parts=(${(s:=:)entry})
    if [[ $parts[1] == "$1" ]]; then
      state=$parts[2]
      return
    elif [[ $parts[1] == '<'* ]]; then
      slot=$parts[2]
    elif [[ $parts[1] == "$1"* && -n $_maglev_states[$parts[2]] ]]; then
      open+=($parts[2])
    elif [[ $parts[1] == "$1"* ]]; then
      closed+=($parts[2])
    fi
  done
  # A word that nothing can follow is not meant where something does.
  if [[ -n $slot ]]; then
    state=$slot
  elif (( $#open == 1 )); then
    state=$open[1]
  elif (( $#open == 0 && $#closed == 1 )); then
    state=$closed[1]
  else
    state=0
  fi
}

# Prints the names that the daemon has for the slot $1.
_maglev_names() {
  case $1 in
    '<backend>' | '<frontend>' | '<healthcheck>')
      $line[1] show ${${1#<}%>}s -o jsonl --timeout 1s $server 2>/dev/null </dev/null |
        sed -n 's/^{"name":"\([^"\\]*\)".*/\1/p' ;;
    '<level>') print -l debug info warn error ;;
  esac
}

_maglev() {
  emulate -L zsh
  local word flag='' entry
  local -i state=1
  local -a line=("${(@Q)words[1,CURRENT-1]}") server found parts names
  for word in "${(@)line[2,-1]}"; do
    if [[ -n $flag ]]; then
      case $flag in
        @server_flags) server+=($flag "$word") ;;
      esac
      flag=''
      continue
    fi
    case $word in
      @text_flags) flag=$word ;;
      @server_flags_given) server+=("$word") ;;
      -*) ;;
      *) (( state == 0 )) || _maglev_step "$word" ;;
    esac
  done
  if [[ -z $flag && $PREFIX == --*=* ]]; then
    flag=${PREFIX%%=*}
    compset -P '*='
  fi
  if [[ -n $flag ]]; then
    case $flag in
@choices
      @file_flags) _files ;;
    esac
    return
  fi
  (( state == 0 )) && return 1
  if [[ $PREFIX == -* ]]; then
    entry=$_maglev_flags[$_maglev_flag_sets[state]]
  else
    entry=$_maglev_states[state]
  fi
  for entry in ${(s: :)entry}; do
    parts=(${(s:=:)entry})
    if [[ $parts[1] == '<'* ]]; then
      names=("${(@f)$(_maglev_names $parts[1])}")
      compadd -- ${names:#}
    else
      found+=("$parts[1]:$_maglev_helps[$parts[-1]]")
    fi
  done
  (( $#found == 0 )) || _describe -t commands 'maglev' found
}

if [[ $funcstack[1] == _maglev ]]; then
  _maglev "$@"
else
  compdef _maglev maglev
fi
