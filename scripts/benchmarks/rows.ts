/**
 * All rows, in the order of the report.
 *
 * @module
 */

import { restartedVpp, transitionToWeight } from "./changes.ts";
import { oneShot } from "./client.ts";
import { cpuOfProbe } from "./costs.ts";
import { afterDay } from "./day.ts";
import { httpProbes, manyBackends, tcpProbes } from "./probes.ts";
import { furtherRows } from "./further.ts";
import type { Row } from "./row.ts";
import { scraped } from "./scrape.ts";
import { fullSync, idleSync } from "./sync.ts";

/** The rows that have goals, as they stand in the table. */
export const goalRows: readonly Row[] = [
  oneShot,
  fullSync,
  idleSync,
  transitionToWeight,
  tcpProbes,
  httpProbes,
  cpuOfProbe,
  manyBackends,
  scraped,
  restartedVpp,
  afterDay,
];

/** All rows: those that have goals, and what else is good to know. */
export const allRows: readonly Row[] = [...goalRows, ...furtherRows];
