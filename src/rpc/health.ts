/**
 * The health service that clients of gRPC know.
 *
 * @module
 */

import {
  type HealthCheckRequest,
  type HealthCheckResponse,
  methods,
  serviceName,
  ServingStatus,
} from "./health_pb.ts";
import { quote } from "./quote.ts";
import { type Call, type Service, service } from "./service.ts";
import { RpcError } from "./status.ts";

/** The health service, and the switch that it tells of. */
export interface Health {
  readonly service: Service;
  /** How many watches are open. */
  readonly watches: number;
  /** Says whether the server serves. It does not until then. */
  setServing(isServing: boolean): void;
}

/** Makes the service. It knows the services of the given names, and "", the server as a whole. */
export function healthService(serviceNames: readonly string[]): Health {
  const known = new Set(["", ...serviceNames]);
  /** What to call when the status changes: one function for each watch. */
  const watches = new Set<() => void>();
  let status: number = ServingStatus.NOT_SERVING;

  const check = (request: HealthCheckRequest): HealthCheckResponse => {
    if (known.has(request.service)) return { status };
    throw new RpcError("NOT_FOUND", `no service named ${quote(request.service)}`);
  };

  /** Looks at the status anew whenever it is read, so one who reads slowly misses what is past. */
  async function* watch(
    request: HealthCheckRequest,
    { signal }: Call,
  ): AsyncGenerator<HealthCheckResponse> {
    let resume = () => {};
    let told: number | undefined;
    const wake = () => resume();
    const end = () => {
      watches.delete(wake);
      resume();
    };
    watches.add(wake);
    signal.addEventListener("abort", end);
    try {
      while (!signal.aborted) {
        const current = known.has(request.service) ? status : ServingStatus.SERVICE_UNKNOWN;
        if (current === told) await new Promise<void>((resolve) => resume = resolve);
        else yield { status: told = current };
      }
    } finally {
      end();
      signal.removeEventListener("abort", end);
    }
  }

  return {
    service: service(serviceName, methods, { Check: check, Watch: watch }),
    get watches() {
      return watches.size;
    },
    setServing(isServing) {
      status = isServing ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
      for (const wake of watches) wake();
    },
  };
}
