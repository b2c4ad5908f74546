/**
 * The metrics of frontends and of their pools.
 *
 * @module
 */

import type { FrontendState } from "../health/mod.ts";
import { type Family, gauge } from "./family.ts";

const states: readonly FrontendState[] = ["unknown", "up", "down"];

/** Metrics of frontends. */
export const frontendFamilies: readonly Family[] = [
  gauge("maglev_frontend_state", {
    help: "Whether the frontend is in this state: 1 for the one that it is in, else 0.",
    labels: ["frontend", "state"],
    of: ({ frontends }) => frontends,
    series: ({ frontend, state: present }, add) => {
      for (const state of states) add(present === state ? 1 : 0, frontend.name, state);
    },
  }),
  gauge("maglev_frontend_active_pool", {
    help: "The index of the pool that serves; 0 as well if none can.",
    labels: ["frontend"],
    of: ({ frontends }) => frontends,
    series: ({ frontend, weights }, add) =>
      add(Math.max(0, weights.findIndex(({ isActive }) => isActive)), frontend.name),
  }),
  gauge("maglev_frontend_pool_backend_weight", {
    help: "The weight that the configuration file gives the backend in the pool.",
    labels: ["frontend", "pool", "backend"],
    of: ({ frontends }) => frontends,
    series: ({ frontend }, add) => {
      for (const pool of frontend.pools) {
        for (const { name, weight } of pool.backends) add(weight, frontend.name, pool.name, name);
      }
    },
  }),
  gauge("maglev_frontend_pool_backend_effective_weight", {
    help: "The weight that the backend of the pool should have in VPP now.",
    labels: ["frontend", "pool", "backend"],
    of: ({ frontends }) => frontends,
    series: ({ frontend, weights }, add) => {
      for (const { name: pool, members } of weights) {
        for (const { backend, effective } of members) add(effective, frontend.name, pool, backend);
      }
    },
  }),
];
