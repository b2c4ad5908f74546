/**
 * The metrics of the control API, under the names and labels that dashboards for gRPC servers know.
 *
 * @module
 */

import { counter, type Family, histogram, type Scrape } from "./family.ts";
import type { RpcSource } from "./sources.ts";

/** How a call can end, with the spelling of the label. */
const codes = Object.entries({
  OK: "OK",
  CANCELLED: "Canceled",
  UNKNOWN: "Unknown",
  INVALID_ARGUMENT: "InvalidArgument",
  DEADLINE_EXCEEDED: "DeadlineExceeded",
  NOT_FOUND: "NotFound",
  ALREADY_EXISTS: "AlreadyExists",
  PERMISSION_DENIED: "PermissionDenied",
  RESOURCE_EXHAUSTED: "ResourceExhausted",
  FAILED_PRECONDITION: "FailedPrecondition",
  ABORTED: "Aborted",
  OUT_OF_RANGE: "OutOfRange",
  UNIMPLEMENTED: "Unimplemented",
  INTERNAL: "Internal",
  UNAVAILABLE: "Unavailable",
  DATA_LOSS: "DataLoss",
  UNAUTHENTICATED: "Unauthenticated",
});

const methodLabels = ["grpc_type", "grpc_service", "grpc_method"] as const;

/** Metrics of the API. Each method has all of its series from the start. */
export const rpcFamilies: readonly Family[] = [
  counter("grpc_server_started_total", {
    help: "Calls of the API that began.",
    labels: methodLabels,
    of: methods,
    series: (method, add) => add(method.started, ...labelsOf(method)),
  }),
  counter("grpc_server_handled_total", {
    help: "Calls of the API that ended, by the code that they ended with.",
    labels: [...methodLabels, "grpc_code"],
    of: methods,
    series: (method, add) => {
      const labels = labelsOf(method);
      for (const [code, label] of codes) add(method.handled.get(code) ?? 0, ...labels, label);
    },
  }),
  counter("grpc_server_msg_received_total", {
    help: "Messages that clients of the API sent.",
    labels: methodLabels,
    of: methods,
    series: (method, add) => add(method.received, ...labelsOf(method)),
  }),
  counter("grpc_server_msg_sent_total", {
    help: "Messages that clients of the API were sent.",
    labels: methodLabels,
    of: methods,
    series: (method, add) => add(method.sent, ...labelsOf(method)),
  }),
  histogram("grpc_server_handling_seconds", {
    help: "How long calls of the API took, streams included.",
    labels: methodLabels,
    of: methods,
    series: (method, add) => add(method.durations, ...labelsOf(method)),
  }),
];

function methods({ rpc }: Scrape): readonly RpcSource[] {
  return rpc;
}

function labelsOf({ type, service, method }: RpcSource): readonly [string, string, string] {
  return [type, service, method];
}
