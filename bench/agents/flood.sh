#!/bin/bash
# An agent that prints the lines of BENCH_CHUNK so many times, then waits until somebody has read them.
LC_ALL=C
echo "start $EPOCHREALTIME" >>"$BENCH_TIMES"
for ((i = 0; i < BENCH_REPEAT; i++)); do
  cat "$BENCH_CHUNK"
done
echo "end $EPOCHREALTIME" >>"$BENCH_TIMES"
while [ ! -e "$BENCH_READ" ]; do
  sleep 0.05
done
echo "{\"status\":\"continue\",\"phase\":\"implementation\",\"iteration\":$SAMOCODE_ITERATION}" >"$SAMOCODE_SESSION/_signal.json"
echo '{"type":"result","subtype":"success","is_error":false,"session_id":"s","num_turns":1,"duration_ms":1,"result":"ok"}'
