/**
 * Writes docs/monitoring/dashboard.json from scripts/dashboard.ts.
 *
 * @module
 */

import { dashboardJson } from "./dashboard.ts";

Deno.writeTextFileSync(
  new URL("../docs/monitoring/dashboard.json", import.meta.url),
  dashboardJson(),
);
