/**
 * The messages of proto/grpc/health/v1/health.proto and how they look on the wire.
 *
 * Written by scripts/generate-proto: change the .proto file and run that.
 *
 * @module
 */

import { message, type MessageType } from "./wire.ts";

/** Whether a service serves. */
export const ServingStatus = {
  /** Nobody knows. */
  UNKNOWN: 0,
  /** It answers calls. */
  SERVING: 1,
  /** It is there, and wants no calls now. */
  NOT_SERVING: 2,
  /** There is no such service; said by Watch alone. */
  SERVICE_UNKNOWN: 3,
} as const;

/** Asks about a service. */
export interface HealthCheckRequest {
  /** Its full name; empty for the server as a whole. */
  readonly service: string;
}
export const HealthCheckRequest: MessageType<HealthCheckRequest> = message({
  service: { number: 1, type: "string" },
});

/** How a service is. */
export interface HealthCheckResponse {
  /** A number of ServingStatus. */
  readonly status: number;
}
export const HealthCheckResponse: MessageType<HealthCheckResponse> = message({
  status: { number: 1, type: "int32" },
});

/** The full name of the service. */
export const serviceName = "grpc.health.v1.Health";

/** The methods of the service, with their messages; `changes` is false of those that only look. */
export const methods = {
  /** Whether a service serves now. NOT_FOUND for one that is not known. */
  Check: {
    name: "Check",
    request: HealthCheckRequest,
    response: HealthCheckResponse,
    type: "unary",
    changes: false,
  },
  /** The same, at once and after each change. One that is not known is SERVICE_UNKNOWN. */
  Watch: {
    name: "Watch",
    request: HealthCheckRequest,
    response: HealthCheckResponse,
    type: "server_stream",
    changes: false,
  },
} as const;

/** The FileDescriptorProto of proto/grpc/health/v1/health.proto, in base64. */
export const descriptor = [
  "ChtncnBjL2hlYWx0aC92MS9oZWFsdGgucHJvdG8SDmdycGMuaGVhbHRoLnYxIi4KEkhlYWx0aENoZWNrUmVxdWVzdBIY",
  "CgdzZXJ2aWNlGAEgASgJUgdzZXJ2aWNlIrEBChNIZWFsdGhDaGVja1Jlc3BvbnNlEkkKBnN0YXR1cxgBIAEoDjIxLmdy",
  "cGMuaGVhbHRoLnYxLkhlYWx0aENoZWNrUmVzcG9uc2UuU2VydmluZ1N0YXR1c1IGc3RhdHVzIk8KDVNlcnZpbmdTdGF0",
  "dXMSCwoHVU5LTk9XThAAEgsKB1NFUlZJTkcQARIPCgtOT1RfU0VSVklORxACEhMKD1NFUlZJQ0VfVU5LTk9XThADMq4B",
  "CgZIZWFsdGgSUAoFQ2hlY2sSIi5ncnBjLmhlYWx0aC52MS5IZWFsdGhDaGVja1JlcXVlc3QaIy5ncnBjLmhlYWx0aC52",
  "MS5IZWFsdGhDaGVja1Jlc3BvbnNlElIKBVdhdGNoEiIuZ3JwYy5oZWFsdGgudjEuSGVhbHRoQ2hlY2tSZXF1ZXN0GiMu",
  "Z3JwYy5oZWFsdGgudjEuSGVhbHRoQ2hlY2tSZXNwb25zZTABQi5aLGdvb2dsZS5nb2xhbmcub3JnL2dycGMvaGVhbHRo",
  "L2dycGNfaGVhbHRoX3YxYgZwcm90bzM=",
].join("");
