// One scan by a client that knows nothing but the API's own description.
// Environment: DORSAL_API, DORSAL_TOKEN, CONNECTION (the body of POST /connections), CONTAINER.
import createClient from "openapi-fetch";
import type { components, paths } from "./target/dorsal.js";

declare const process: { env: Record<string, string | undefined> };

const dorsal = createClient<paths>({
  baseUrl: `${process.env.DORSAL_API}/api/v1`,
  headers: { Authorization: `Bearer ${process.env.DORSAL_TOKEN}` },
});

/** What was answered, or the end. */
function must<T>(what: string, answer: { data?: T; error?: components["schemas"]["Problem"] }): T {
  if (answer.data === undefined) {
    throw new Error(`${what}: ${answer.error?.code} ${answer.error?.fix}`);
  }
  return answer.data;
}

const connection = must(
  "connection",
  await dorsal.POST("/connections", { body: JSON.parse(process.env.CONNECTION!) }),
);
const source = must(
  "source",
  await dorsal.POST("/sources", {
    body: { connection_id: connection.id, name: "Generated", container: process.env.CONTAINER! },
  }),
);
let scan = must(
  "scan",
  await dorsal.POST("/scans", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { source_id: source.id },
  }),
);
while (scan.state === "REQUESTED" || scan.state === "LISTING" || scan.state === "INSPECTING") {
  await new Promise((done) => setTimeout(done, 500));
  scan = must("scan", await dorsal.GET("/scans/{id}", { params: { path: { id: scan.id } } }));
}
const summary = must(
  "summary",
  await dorsal.GET("/scans/{id}/summary", { params: { path: { id: scan.id } } }),
);
console.log(`${scan.state} ${summary.total_files}`);
