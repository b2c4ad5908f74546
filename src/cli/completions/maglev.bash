# Completes commands of maglev in bash. To use it, put into ~/.bashrc:
#
#     source <(maglev completions bash)
#
# What may follow a word is known here; names are asked of the daemon, for a second at most.

# For each state, the words that may follow, each with the state that it leads to.
_maglev_states=(
@states
)
# For each state, which flags there are.
_maglev_flag_sets=(@flag_set_of)
_maglev_flags=(
@flag_sets
)

# Moves $state on to where the word $1 leads; to -1, where nothing follows, if it is wrong.
_maglev_step() {
  local entry text next slot='' open=() closed=()
  for entry in ${_maglev_states[state]}; do
    text=${entry%=*} next=${entry##*=}
    case $text in
      "$1")
        state=$next
        return ;;
      '<'*) slot=$next ;;
      "$1"*) if [[ -n ${_maglev_states[next]} ]]; then open+=("$next"); else closed+=("$next"); fi ;;
    esac
  done
  # A word that nothing can follow is not meant where something does.
  if [[ -n $slot ]]; then
    state=$slot
  elif ((${#open[@]} == 1)); then
    state=${open[0]}
  elif ((${#open[@]} == 0 && ${#closed[@]} == 1)); then
    state=${closed[0]}
  else
    state=-1
  fi
}

# Prints the names that the daemon has for the slot $1.
_maglev_names() {
  case $1 in
    '<backend>' | '<frontend>' | '<healthcheck>')
      local what=${1#<}
      "${words[0]}" show "${what%>}s" -o jsonl --timeout 1s "${server[@]}" 2>/dev/null </dev/null |
        sed -n 's/^{"name":"\([^"\\]*\)".*/\1/p' ;;
    '<level>') printf '%s\n' debug info warn error ;;
  esac
}

# Prints what may stand where the cursor is, one candidate a line.
_maglev_candidates() {
  local entry
  if [[ -n $flag ]]; then
    case $flag in
@choices
      @file_flags) compgen -f -- "$current" ;;
    esac
  elif [[ $current == -* ]]; then
    [[ $state == -1 ]] || printf '%s\n' ${_maglev_flags[_maglev_flag_sets[state]]}
  elif [[ $state != -1 ]]; then
    for entry in ${_maglev_states[state]}; do
      case $entry in
        '<'*) _maglev_names "${entry%=*}" ;;
        *) printf '%s\n' "${entry%=*}" ;;
      esac
    done
  fi
}

_maglev() {
  local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} words=() server=() current='' flag='' state=0
  local word candidate before
  read -ra words <<<"$line"
  if [[ $line != *[[:blank:]] ]]; then
    current=${words[-1]}
    unset 'words[-1]'
  fi
  for word in "${words[@]:1}"; do
    if [[ -n $flag ]]; then
      case $flag in
        @server_flags) server+=("$flag" "$word") ;;
      esac
      flag=''
      continue
    fi
    case $word in
      @text_flags) flag=$word ;;
      @server_flags_given) server+=("$word") ;;
      -*) ;;
      *) [[ $state == -1 ]] || _maglev_step "$word" ;;
    esac
  done
  if [[ -z $flag && $current == --*=* ]]; then
    flag=${current%%=*} current=${current#*=}
  fi
  # bash completes only what stands after the last of these.
  before=${current%"${current##*[:=]}"}
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ $candidate == "$current"* ]] || continue
    printf -v candidate %q "$candidate"
    COMPREPLY+=("${candidate#"$before"}")
  done < <(_maglev_candidates)
}

complete -F _maglev maglev
