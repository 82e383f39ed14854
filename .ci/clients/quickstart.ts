// The quick start of the README with a client that is generated for TypeScript.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const client = createClient<paths>({ baseUrl: process.env.API, headers: { "X-API-Key": process.env.KEY } });

const { data: budget, error } = await client.POST("/api/budgets", {
  body: { name: "TypeScript", limitAmount: "1.00", period: "monthly", scope: "user", scopeId: "ts", hardLimit: true },
});
if (!budget) throw new Error(JSON.stringify(error));
await client.POST("/api/usage", {
  body: {
    events: [
      { eventId: "ts-1", occurredAt: new Date().toISOString(), userId: "ts", agentId: "research",
        provider: "openai", model: "gpt-4o", cost: "0.80" },
    ],
  },
});
const { data: alerts } = await client.GET("/api/alerts", { params: { query: { budgetId: budget.id, state: "open" } } });
console.log(`${budget.name}: ${alerts?.items[0]?.reason}`);
