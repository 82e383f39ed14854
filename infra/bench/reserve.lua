-- Load for the API of `mvn -Plocal`: every request reserves a cent from the same budget.
--   wrk -t2 -c8 -d10s --latency -s infra/bench/reserve.lua http://localhost:3001 -- API_KEY
function init(args)
  wrk.method = "POST"
  wrk.path = "/api/reservations"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-API-Key"] = args[1]
  wrk.body = '{"userId":"load","agentId":"research","estimatedCost":"0.01"}'
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("reserves/s %.0f  p50 %.2f ms  p99 %.2f ms  not admitted %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
