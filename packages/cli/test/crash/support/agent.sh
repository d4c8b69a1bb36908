#!/bin/sh
# The agent of the crash suite: twelve calls of about ten milliseconds take a session from its task to done.
# Which call it is, the journal tells by the calls that have come to their end: a call that died is made
# again, and one whose answer got lost makes all that follow go astray.
#
#   CRASH_JOURNAL  file: `start PID CALL`, `beside PID OTHERS`, `astray PID WHY`, `paid PID CENTS`, `end PID CALL`
#   CRASH_PAUSE    seconds of work before the signal is written
#   CRASH_DIE      CALL:MOMENT at which it is killed, once; moments: start, init, work, signal,
#                  result, end

[ "$1" = --version ] && echo "2.1.332 (Claude Code)" && exit

call=1 running=""
[ -f "$CRASH_JOURNAL" ] && while read -r word pid _; do
  case $word in
  start) running="$running $pid" ;;
  end)
    call=$((call + 1)) left=""
    for other in $running; do [ "$other" = "$pid" ] || left="$left $other"; done
    running=$left
    ;;
  esac
done <"$CRASH_JOURNAL"

note() { echo "$1 $$ $2" >>"$CRASH_JOURNAL"; }

die_at() {
  if [ "$CRASH_DIE" = "$call:$1" ] && [ ! -e "$CRASH_JOURNAL.died" ]; then
    : >"$CRASH_JOURNAL.died"
    kill -KILL $$
  fi
}

resumed=""
for word; do
  case $word in
  --session-id | --resume) flag=$word ;;
  *)
    case $flag in
    --session-id) id=$word ;;
    --resume) id=$word resumed=" resumed" ;;
    esac
    flag=""
    ;;
  esac
done

note start "$call$resumed"
for other in $running; do
  # One that was killed and that nobody has collected yet is no agent any more.
  state=""
  [ -r "/proc/$other/stat" ] && read -r _ _ state _ <"/proc/$other/stat"
  kill -0 "$other" 2>/dev/null && [ "$state" != Z ] && note beside "$other"
done
die_at start

expect() {
  [ "$SAMOCODE_PHASE" = "$1" ] && return
  note astray "call $call expected $1, not $SAMOCODE_PHASE"
  exit 70
}

log_line() {
  # Not twice, where a call that died had come this far.
  case $(cat "$SAMOCODE_SESSION/_overview.md") in
  *"] $1"*) ;;
  *) echo "- [$SAMOCODE_ITERATION] $1" >>"$SAMOCODE_SESSION/_overview.md" ;;
  esac
}

signal() {
  [ -n "$CRASH_PAUSE" ] && sleep "$CRASH_PAUSE"
  die_at work
  echo "{$1, \"iteration\": ${2:-$SAMOCODE_ITERATION}}" >"$SAMOCODE_SESSION/_signal.json"
  die_at signal
}

result() {
  # What is told of the cost and what is noted of it stay together, unless it is killed.
  trap '' INT TERM
  note paid "$2"
  echo "{\"type\":\"result\",\"subtype\":\"${3:-success}\",\"is_error\":$1,\"session_id\":\"$id\",\"api_error_status\":${4:-null},\"num_turns\":1,\"result\":\"\",\"total_cost_usd\":$(dollars "$2")}"
  # From here on an answer counts, however the process ends; the signal of the third call is stale and is none.
  [ "$call" = 3 ] || note end $call
  die_at result
  [ "$call" = 3 ] && note end $call
}

dollars() { echo "$(($1 / 100)).$(($1 / 10 % 10))$(($1 % 10))"; }

echo "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"$id\",\"model\":\"none\",\"tools\":[],\"agents\":[]}"
die_at init

cents=$((1 << (call - 1)))
case $call in
1)
  expect investigation
  printf '### Q1: Where do tokens live?\nA) cookie\nB) storage\n**Suggestion:** A - safer\n**Answer:** _waiting_\n' >"$SAMOCODE_SESSION/_qa.md"
  log_line "asked"
  signal '"status": "waiting", "for": "qa_answers"'
  ;;
2)
  expect investigation
  signal '"status": "continue", "phase": "planning"'
  ;;
3)
  expect planning
  printf '# Plan\n- [ ] log in\n' >"$SAMOCODE_SESSION/01-15-14:50-plan-jwt.md"
  # As one that was written for the iteration before.
  signal '"status": "continue", "phase": "planning"' 2
  ;;
4)
  expect planning
  signal '"status": "waiting", "for": "plan_approval"'
  ;;
5)
  expect implementation
  result true $cents success 500
  exit 1
  ;;
6)
  expect implementation
  echo jwt >login.txt
  git add login.txt
  git diff --cached --quiet || git commit --quiet --message "Add login"
  overview=$(sed 's/^Phase: .*/Phase: done/' "$SAMOCODE_SESSION/_overview.md")
  echo "$overview" >"$SAMOCODE_SESSION/_overview.md"
  log_line "implemented"
  signal '"status": "waiting", "for": "human_action"'
  ;;
7)
  expect implementation
  signal '"status": "continue", "phase": "testing"'
  ;;
8)
  expect testing
  signal '"status": "continue", "phase": "quality"'
  ;;
9)
  expect testing
  echo ok >tested
  signal '"status": "continue", "phase": "quality"'
  ;;
10)
  expect quality
  signal '"status": "waiting", "for": "file_update"'
  ;;
11)
  expect quality
  signal '"status": "continue", "phase": "done"'
  ;;
12)
  expect done
  log_line "summed up"
  signal '"status": "done", "summary": "JWT login"'
  ;;
*)
  note astray "call $call is one too many"
  exit 70
  ;;
esac
result false $cents
die_at end
