#!/bin/bash
# An agent that does next to nothing: it says when it starts and when it ends, and asks for one more iteration.
LC_ALL=C
echo "start $EPOCHREALTIME" >>"$BENCH_TIMES"
if [ -n "$BENCH_FLOW_LOG" ]; then
  echo "- [$SAMOCODE_ITERATION @ 01-15 14:30] One step more" >>"$SAMOCODE_SESSION/_overview.md"
fi
echo "{\"status\":\"continue\",\"phase\":\"implementation\",\"iteration\":$SAMOCODE_ITERATION}" >"$SAMOCODE_SESSION/_signal.json"
echo '{"type":"result","subtype":"success","is_error":false,"session_id":"s","num_turns":1,"duration_ms":1,"result":"ok","total_cost_usd":0.01}'
echo "end $EPOCHREALTIME" >>"$BENCH_TIMES"
