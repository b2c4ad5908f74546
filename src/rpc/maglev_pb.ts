/**
 * The messages of proto/maglev.proto and how they look on the wire.
 *
 * Written by scripts/generate-proto: change the .proto file and run that.
 *
 * @module
 */

import { message, type MessageType } from "./wire.ts";

/** Asks for the names of the frontends. */
export type ListFrontendsRequest = Record<string, never>;
export const ListFrontendsRequest: MessageType<ListFrontendsRequest> = message({});

/** The names of the frontends. */
export interface ListFrontendsResponse {
  /** In the order of the file. */
  readonly frontendNames: readonly string[];
}
export const ListFrontendsResponse: MessageType<ListFrontendsResponse> = message({
  frontendNames: { number: 1, type: "string", label: "repeated" },
});

/** Asks for one frontend. */
export interface GetFrontendRequest {
  /** The frontend's name. */
  readonly name: string;
}
export const GetFrontendRequest: MessageType<GetFrontendRequest> = message({
  name: { number: 1, type: "string" },
});

/** A weight that an operator set over that of the file. */
export interface WeightOverride {
  /** The weight that was set. */
  readonly weight: number;
  /** The file's weight that it replaces. */
  readonly weightInFile: number;
  /** Who set it: an address, or the name in a certificate. */
  readonly by: string;
  /** When. */
  readonly atUnixNs: bigint;
}
export const WeightOverride: MessageType<WeightOverride> = message({
  weight: { number: 1, type: "int32" },
  weightInFile: { number: 2, type: "int32" },
  by: { number: 3, type: "string" },
  atUnixNs: { number: 4, type: "int64" },
});

/** A backend as a member of a pool. */
export interface PoolBackendInfo {
  /** The backend's name. */
  readonly name: string;
  /** What it weighs while it serves. */
  readonly weight: number;
  /** What it should weigh in VPP now. */
  readonly effectiveWeight: number;
  /** The state of the backend. */
  readonly state: string;
  /** The operator's weight, if there is one. It is then that of weight, too. */
  readonly override?: WeightOverride | undefined;
}
export const PoolBackendInfo: MessageType<PoolBackendInfo> = message({
  name: { number: 1, type: "string" },
  weight: { number: 2, type: "int32" },
  effectiveWeight: { number: 3, type: "int32" },
  state: { number: 100, type: "string" },
  override: { number: 101, type: WeightOverride },
});

/** A pool of a frontend. */
export interface PoolInfo {
  /** Its name in the file. */
  readonly name: string;
  /** Its members, in the order of the file. */
  readonly backends: readonly PoolBackendInfo[];
  /** Whether it is the pool that serves. */
  readonly active: boolean;
}
export const PoolInfo: MessageType<PoolInfo> = message({
  name: { number: 1, type: "string" },
  backends: { number: 2, type: PoolBackendInfo, label: "repeated" },
  active: { number: 100, type: "bool" },
});

/** A change of state; or the present state, as a transition from itself to itself. */
export interface TransitionRecord {
  /** The state before. */
  readonly from: string;
  /** The state after. */
  readonly to: string;
  /** When. */
  readonly atUnixNs: bigint;
  /** What led to it: probe, operator, config or start. Empty where that is not known. */
  readonly cause: string;
  /** The cause in more detail, in one line for people. */
  readonly detail: string;
}
export const TransitionRecord: MessageType<TransitionRecord> = message({
  from: { number: 1, type: "string" },
  to: { number: 2, type: "string" },
  atUnixNs: { number: 3, type: "int64" },
  cause: { number: 100, type: "string" },
  detail: { number: 101, type: "string" },
});

/** A virtual service: what the file says, and what follows from it now. */
export interface FrontendInfo {
  /** Its name in the file. */
  readonly name: string;
  /** The address that clients connect to. */
  readonly address: string;
  /** tcp or udp; empty for every protocol. */
  readonly protocol: string;
  /** 0 for every port. */
  readonly port: number;
  /** In order of preference. */
  readonly pools: readonly PoolInfo[];
  /** For people. */
  readonly description: string;
  /** Whether all flows of one client address go to the same backend. */
  readonly srcIpSticky: boolean;
  /** Whether a backend that goes down loses its flows at once. */
  readonly flushOnDown: boolean;
  /** unknown, up or down. */
  readonly state: string;
  /** When it entered its state. */
  readonly sinceUnixNs: bigint;
  /** The last transitions, the newest last. */
  readonly transitions: readonly TransitionRecord[];
  /** The buckets of its new-flow table. */
  readonly flowTableLength: number;
}
export const FrontendInfo: MessageType<FrontendInfo> = message({
  name: { number: 1, type: "string" },
  address: { number: 2, type: "string" },
  protocol: { number: 3, type: "string" },
  port: { number: 4, type: "uint32" },
  pools: { number: 5, type: PoolInfo, label: "repeated" },
  description: { number: 6, type: "string" },
  srcIpSticky: { number: 7, type: "bool" },
  flushOnDown: { number: 8, type: "bool" },
  state: { number: 100, type: "string" },
  sinceUnixNs: { number: 101, type: "int64" },
  transitions: { number: 102, type: TransitionRecord, label: "repeated" },
  flowTableLength: { number: 103, type: "uint32" },
});

/** Asks for the names of the backends. */
export type ListBackendsRequest = Record<string, never>;
export const ListBackendsRequest: MessageType<ListBackendsRequest> = message({});

/** The names of the backends. */
export interface ListBackendsResponse {
  /** In the order of the file. */
  readonly backendNames: readonly string[];
}
export const ListBackendsResponse: MessageType<ListBackendsResponse> = message({
  backendNames: { number: 1, type: "string", label: "repeated" },
});

/** Asks for one backend. */
export interface GetBackendRequest {
  /** The backend's name. */
  readonly name: string;
  /** Leaves VPP alone, and out of the reasons: for those who ask for many backends. */
  readonly withoutVpp: boolean;
}
export const GetBackendRequest: MessageType<GetBackendRequest> = message({
  name: { number: 1, type: "string" },
  withoutVpp: { number: 100, type: "bool" },
});

/** Names the backend that is to be changed. */
export interface BackendRequest {
  /** The backend's name. */
  readonly name: string;
}
export const BackendRequest: MessageType<BackendRequest> = message({
  name: { number: 1, type: "string" },
});

/** What one probe found out. */
export interface ProbeResult {
  /** Whether it passed. */
  readonly ok: boolean;
  /** The layer that was reached and how it ended there, such as L7STS. */
  readonly code: string;
  /** One line for people. */
  readonly detail: string;
  /** When the probe started. */
  readonly startedUnixNs: bigint;
  /** How long it took. */
  readonly durationNs: bigint;
  /** Until it was connected, if it was. */
  readonly connectNs?: bigint | undefined;
  /** The TLS handshake, if it was completed. */
  readonly tlsNs?: bigint | undefined;
  /** Until the first byte of the answer, if one came. */
  readonly firstByteNs?: bigint | undefined;
  /** The rest of the answer, if it was complete. */
  readonly bodyNs?: bigint | undefined;
}
export const ProbeResult: MessageType<ProbeResult> = message({
  ok: { number: 1, type: "bool" },
  code: { number: 2, type: "string" },
  detail: { number: 3, type: "string" },
  startedUnixNs: { number: 4, type: "int64" },
  durationNs: { number: 5, type: "int64" },
  connectNs: { number: 6, type: "int64", label: "optional" },
  tlsNs: { number: 7, type: "int64", label: "optional" },
  firstByteNs: { number: 8, type: "int64", label: "optional" },
  bodyNs: { number: 9, type: "int64", label: "optional" },
});

/** The counter that decides between up and down. */
export interface HealthCounter {
  /** Its value. */
  readonly value: number;
  /** The highest that it can be. */
  readonly maximum: number;
  /** The backend is up from this value on. */
  readonly upAt: number;
}
export const HealthCounter: MessageType<HealthCounter> = message({
  value: { number: 1, type: "int32" },
  maximum: { number: 2, type: "int32" },
  upAt: { number: 3, type: "int32" },
});

/** What VPP has of a backend behind a frontend. */
export interface InstalledShare {
  /** What the backend should weigh there now. */
  readonly wantedWeight: number;
  /** What it weighs there. Left out where VPP does not have it, or knows no weights. */
  readonly weight?: number | undefined;
  /** Whether VPP has it. */
  readonly present: boolean;
  /** The buckets of the new-flow table that lead to it. */
  readonly numBuckets: number;
  /** The buckets of that table. */
  readonly flowTableLength: number;
  /** Its live flows. */
  readonly flows: bigint;
  /** Whether VPP is not what it should be. */
  readonly differs: boolean;
}
export const InstalledShare: MessageType<InstalledShare> = message({
  wantedWeight: { number: 1, type: "int32" },
  weight: { number: 2, type: "int32", label: "optional" },
  present: { number: 3, type: "bool" },
  numBuckets: { number: 4, type: "uint32" },
  flowTableLength: { number: 5, type: "uint32" },
  flows: { number: 6, type: "uint64" },
  differs: { number: 7, type: "bool" },
});

/** One link in the chain of reasons for a backend's weight. */
export interface Reason {
  /** static, probes, counter, override, state, unused, pool, weight or vpp. */
  readonly kind: string;
  /** The frontend that it is about; empty where it is about the backend alone. */
  readonly frontendName: string;
  /** One line for people. */
  readonly text: string;
  /** What VPP has; of vpp alone, and left out where VPP could not be asked. */
  readonly installed?: InstalledShare | undefined;
}
export const Reason: MessageType<Reason> = message({
  kind: { number: 1, type: "string" },
  frontendName: { number: 2, type: "string" },
  text: { number: 3, type: "string" },
  installed: { number: 4, type: InstalledShare },
});

/** An operator's act that holds against the file or the probes. */
export interface OperatorOverride {
  /** pause, disable or enable. */
  readonly act: string;
  /** Who did it: an address, or the name in a certificate. */
  readonly by: string;
  /** When. */
  readonly atUnixNs: bigint;
}
export const OperatorOverride: MessageType<OperatorOverride> = message({
  act: { number: 1, type: "string" },
  by: { number: 2, type: "string" },
  atUnixNs: { number: 3, type: "int64" },
});

/** A server: what the file says, and its health. */
export interface BackendInfo {
  /** Its name in the file. */
  readonly name: string;
  /** Its address. */
  readonly address: string;
  /** unknown, up, down, paused, disabled or removed. */
  readonly state: string;
  /** The last transitions, the newest last. */
  readonly transitions: readonly TransitionRecord[];
  /** False while it is taken out, by the file or an operator. */
  readonly enabled: boolean;
  /** The name of its health check; empty where it has none and always passes. */
  readonly healthcheck: string;
  /** When it entered its state. */
  readonly sinceUnixNs: bigint;
  /** The last probe results, the newest last. */
  readonly results: readonly ProbeResult[];
  /** The health counter. */
  readonly counter?: HealthCounter | undefined;
  /** When it is probed next; 0 while it is not probed, or a probe is in flight. */
  readonly nextProbeUnixNs: bigint;
  /** Whether a probe is in flight. */
  readonly probing: boolean;
  /** Why it weighs what it weighs, each reason following from those before. */
  readonly reasons: readonly Reason[];
  /** The frontends that use it, in the order of the file. */
  readonly frontendNames: readonly string[];
  /** What the file says about enabled, whatever operators did since. */
  readonly enabledInFile: boolean;
  /** The operator's act that holds, if there is one. */
  readonly override?: OperatorOverride | undefined;
}
export const BackendInfo: MessageType<BackendInfo> = message({
  name: { number: 1, type: "string" },
  address: { number: 2, type: "string" },
  state: { number: 3, type: "string" },
  transitions: { number: 4, type: TransitionRecord, label: "repeated" },
  enabled: { number: 5, type: "bool" },
  healthcheck: { number: 6, type: "string" },
  sinceUnixNs: { number: 100, type: "int64" },
  results: { number: 101, type: ProbeResult, label: "repeated" },
  counter: { number: 102, type: HealthCounter },
  nextProbeUnixNs: { number: 103, type: "int64" },
  probing: { number: 104, type: "bool" },
  reasons: { number: 105, type: Reason, label: "repeated" },
  frontendNames: { number: 106, type: "string", label: "repeated" },
  enabledInFile: { number: 107, type: "bool" },
  override: { number: 108, type: OperatorOverride },
});

/** Asks for the names of the health checks. */
export type ListHealthChecksRequest = Record<string, never>;
export const ListHealthChecksRequest: MessageType<ListHealthChecksRequest> = message({});

/** The names of the health checks. */
export interface ListHealthChecksResponse {
  /** In the order of the file. */
  readonly names: readonly string[];
}
export const ListHealthChecksResponse: MessageType<ListHealthChecksResponse> = message({
  names: { number: 1, type: "string", label: "repeated" },
});

/** Asks for one health check. */
export interface GetHealthCheckRequest {
  /** The health check's name. */
  readonly name: string;
}
export const GetHealthCheckRequest: MessageType<GetHealthCheckRequest> = message({
  name: { number: 1, type: "string" },
});

/** The request that is sent, and the answer that passes. */
export interface HTTPCheckParams {
  /** What is asked for. */
  readonly path: string;
  /** The Host header; empty for the backend's address. */
  readonly host: string;
  /** The lowest status that passes. */
  readonly responseCodeMin: number;
  /** The highest status that passes. */
  readonly responseCodeMax: number;
  /** What the body has to match; empty for any body. */
  readonly responseRegexp: string;
  /** The name that is sent and verified in TLS; empty for none. */
  readonly serverName: string;
  /** Whether every certificate passes. */
  readonly insecureSkipVerify: boolean;
}
export const HTTPCheckParams: MessageType<HTTPCheckParams> = message({
  path: { number: 1, type: "string" },
  host: { number: 2, type: "string" },
  responseCodeMin: { number: 3, type: "int32" },
  responseCodeMax: { number: 4, type: "int32" },
  responseRegexp: { number: 5, type: "string" },
  serverName: { number: 6, type: "string" },
  insecureSkipVerify: { number: 7, type: "bool" },
});

/** How a TCP probe speaks TLS, if it does. */
export interface TCPCheckParams {
  /** Whether there is a TLS handshake. */
  readonly ssl: boolean;
  /** The name that is sent and verified in TLS; empty for none. */
  readonly serverName: string;
  /** Whether every certificate passes. */
  readonly insecureSkipVerify: boolean;
}
export const TCPCheckParams: MessageType<TCPCheckParams> = message({
  ssl: { number: 1, type: "bool" },
  serverName: { number: 2, type: "string" },
  insecureSkipVerify: { number: 3, type: "bool" },
});

/** How backends are probed. */
export interface HealthCheckInfo {
  /** Its name in the file. */
  readonly name: string;
  /** icmp, tcp, http or https. */
  readonly type: string;
  /** The port that is probed; 0 for icmp. */
  readonly port: number;
  /** The address that probes of IPv4 backends come from; empty where the system chooses. */
  readonly probeIpv4Src: string;
  /** The address that probes of IPv6 backends come from; empty where the system chooses. */
  readonly probeIpv6Src: string;
  /** From one probe to the next. */
  readonly intervalNs: bigint;
  /** The same, while the counter is on its way. */
  readonly fastIntervalNs: bigint;
  /** The same, while the backend is down for certain. */
  readonly downIntervalNs: bigint;
  /** How long a probe may take. */
  readonly timeoutNs: bigint;
  /** The passes in a row that lead up. */
  readonly rise: number;
  /** The fails in a row that lead down. */
  readonly fall: number;
  /** Of http and https alone. */
  readonly http?: HTTPCheckParams | undefined;
  /** Of tcp alone. */
  readonly tcp?: TCPCheckParams | undefined;
}
export const HealthCheckInfo: MessageType<HealthCheckInfo> = message({
  name: { number: 1, type: "string" },
  type: { number: 2, type: "string" },
  port: { number: 3, type: "uint32" },
  probeIpv4Src: { number: 4, type: "string" },
  probeIpv6Src: { number: 5, type: "string" },
  intervalNs: { number: 6, type: "int64" },
  fastIntervalNs: { number: 7, type: "int64" },
  downIntervalNs: { number: 8, type: "int64" },
  timeoutNs: { number: 9, type: "int64" },
  rise: { number: 10, type: "int32" },
  fall: { number: 11, type: "int32" },
  http: { number: 12, type: HTTPCheckParams },
  tcp: { number: 13, type: TCPCheckParams },
});

/** Sets the weight of one member of a pool. */
export interface SetWeightRequest {
  /** The frontend's name. */
  readonly frontend: string;
  /** The pool's name. */
  readonly pool: string;
  /** The backend's name. */
  readonly backend: string;
  /** What it is to weigh while it serves. */
  readonly weight: number;
}
export const SetWeightRequest: MessageType<SetWeightRequest> = message({
  frontend: { number: 1, type: "string" },
  pool: { number: 2, type: "string" },
  backend: { number: 3, type: "string" },
  weight: { number: 4, type: "int32" },
});

/** Says which events are wanted. */
export interface WatchRequest {
  /** Whether log records are. Default: true. */
  readonly log?: boolean | undefined;
  /** The least important log records that are: debug, info, warn or error. Default: info. */
  readonly logLevel: string;
  /** Whether transitions of backends are. Default: true. */
  readonly backend?: boolean | undefined;
  /** Whether transitions of frontends are. Default: true. */
  readonly frontend?: boolean | undefined;
  /** Whether weights that operators set are. Default: false. */
  readonly weight: boolean;
  /** Whether reloads are. Default: false. */
  readonly reload: boolean;
}
export const WatchRequest: MessageType<WatchRequest> = message({
  log: { number: 1, type: "bool", label: "optional" },
  logLevel: { number: 2, type: "string" },
  backend: { number: 3, type: "bool", label: "optional" },
  frontend: { number: 4, type: "bool", label: "optional" },
  weight: { number: 100, type: "bool" },
  reload: { number: 101, type: "bool" },
});

/** One attribute of a log record. */
export interface LogAttr {
  /** Its name. */
  readonly key: string;
  /** Its value: a string as it is, everything else as JSON. */
  readonly value: string;
}
export const LogAttr: MessageType<LogAttr> = message({
  key: { number: 1, type: "string" },
  value: { number: 2, type: "string" },
});

/** A log record. */
export interface LogEvent {
  /** When it was logged. */
  readonly atUnixNs: bigint;
  /** debug, info, warn or error. */
  readonly level: string;
  /** The name of what happened, one of a fixed set. */
  readonly msg: string;
  /** What it is about. */
  readonly attrs: readonly LogAttr[];
}
export const LogEvent: MessageType<LogEvent> = message({
  atUnixNs: { number: 1, type: "int64" },
  level: { number: 2, type: "string" },
  msg: { number: 3, type: "string" },
  attrs: { number: 4, type: LogAttr, label: "repeated" },
});

/** The transition of a backend. */
export interface BackendEvent {
  /** The backend's name. */
  readonly backendName: string;
  /** The change. */
  readonly transition?: TransitionRecord | undefined;
  /** The frontends that use it, in the order of the file. */
  readonly frontendNames: readonly string[];
}
export const BackendEvent: MessageType<BackendEvent> = message({
  backendName: { number: 1, type: "string" },
  transition: { number: 2, type: TransitionRecord },
  frontendNames: { number: 100, type: "string", label: "repeated" },
});

/** The transition of a frontend. */
export interface FrontendEvent {
  /** The frontend's name. */
  readonly frontendName: string;
  /** The change. */
  readonly transition?: TransitionRecord | undefined;
}
export const FrontendEvent: MessageType<FrontendEvent> = message({
  frontendName: { number: 1, type: "string" },
  transition: { number: 2, type: TransitionRecord },
});

/** Stands for events that were lost. */
export interface LostEvent {
  /** How many. */
  readonly count: bigint;
}
export const LostEvent: MessageType<LostEvent> = message({
  count: { number: 1, type: "uint64" },
});

/** A weight that an operator set. */
export interface WeightEvent {
  /** The frontend's name. */
  readonly frontendName: string;
  /** The pool's name. */
  readonly poolName: string;
  /** The backend's name. */
  readonly backendName: string;
  /** The weight before. */
  readonly from: number;
  /** The weight after. */
  readonly to: number;
  /** Who set it: an address, or the name in a certificate. */
  readonly by: string;
}
export const WeightEvent: MessageType<WeightEvent> = message({
  frontendName: { number: 1, type: "string" },
  poolName: { number: 2, type: "string" },
  backendName: { number: 3, type: "string" },
  from: { number: 4, type: "int32" },
  to: { number: 5, type: "int32" },
  by: { number: 6, type: "string" },
});

/** How many things of one kind came, changed and went. */
export interface ChangeCounts {
  /** Those that are new. */
  readonly added: number;
  /** Those that are not what they were. */
  readonly changed: number;
  /** Those that are gone. */
  readonly removed: number;
}
export const ChangeCounts: MessageType<ChangeCounts> = message({
  added: { number: 1, type: "uint32" },
  changed: { number: 2, type: "uint32" },
  removed: { number: 3, type: "uint32" },
});

/** What a reload changed. */
export interface ReloadEvent {
  /** How many health checks. */
  readonly healthchecks?: ChangeCounts | undefined;
  /** How many backends. */
  readonly backends?: ChangeCounts | undefined;
  /** How many frontends. */
  readonly frontends?: ChangeCounts | undefined;
  /** How many settings that belong to none of these. */
  readonly settings: number;
  /** How many backends are probed anew. */
  readonly restarted: number;
}
export const ReloadEvent: MessageType<ReloadEvent> = message({
  healthchecks: { number: 1, type: ChangeCounts },
  backends: { number: 2, type: ChangeCounts },
  frontends: { number: 3, type: ChangeCounts },
  settings: { number: 4, type: "uint32" },
  restarted: { number: 5, type: "uint32" },
});

/** Something that happened. */
export interface Event {
  /** Something was logged. */
  readonly log?: LogEvent | undefined;
  /** A backend changed its state. */
  readonly backend?: BackendEvent | undefined;
  /** A frontend changed its state. */
  readonly frontend?: FrontendEvent | undefined;
  /** The client did not read in time, and events were lost. Sent whatever is asked for. */
  readonly lost?: LostEvent | undefined;
  /** An operator set a weight. */
  readonly weight?: WeightEvent | undefined;
  /** Another configuration is in force. */
  readonly reload?: ReloadEvent | undefined;
  /** Rises with each event of the daemon, whoever wants it. */
  readonly sequence: bigint;
  /** When it was told. */
  readonly atUnixNs: bigint;
}
export const Event: MessageType<Event> = message({
  log: { number: 1, type: LogEvent, oneof: "event" },
  backend: { number: 2, type: BackendEvent, oneof: "event" },
  frontend: { number: 3, type: FrontendEvent, oneof: "event" },
  lost: { number: 100, type: LostEvent, oneof: "event" },
  weight: { number: 101, type: WeightEvent, oneof: "event" },
  reload: { number: 102, type: ReloadEvent, oneof: "event" },
  sequence: { number: 103, type: "uint64" },
  atUnixNs: { number: 104, type: "int64" },
});

/** Asks for a check of the file. */
export type CheckConfigRequest = Record<string, never>;
export const CheckConfigRequest: MessageType<CheckConfigRequest> = message({});

/** One thing to say about the file. */
export interface ConfigFinding {
  /** The file. */
  readonly file: string;
  /** The line, from 1 on; 0 where the file could not be read at all. */
  readonly line: number;
  /** The character in the line, from 1 on; 0 as before. */
  readonly column: number;
  /** The way to the value, from below maglev: on, such as frontends.www.pools[0]; may be empty. */
  readonly path: string;
  /** What is wrong, in one line. */
  readonly message: string;
  /** error or warning. */
  readonly severity: string;
}
export const ConfigFinding: MessageType<ConfigFinding> = message({
  file: { number: 1, type: "string" },
  line: { number: 2, type: "uint32" },
  column: { number: 3, type: "uint32" },
  path: { number: 4, type: "string" },
  message: { number: 5, type: "string" },
  severity: { number: 6, type: "string" },
});

/** What a check found. */
export interface CheckConfigResponse {
  /** Whether the file could be used. */
  readonly ok: boolean;
  /** Why it cannot be read. */
  readonly parseError: string;
  /** Why it makes no sense. */
  readonly semanticError: string;
  /** What is allowed, but hardly meant. */
  readonly warnings: readonly string[];
  /** All of these one by one, with their places. At most 50 are given. */
  readonly findings: readonly ConfigFinding[];
}
export const CheckConfigResponse: MessageType<CheckConfigResponse> = message({
  ok: { number: 1, type: "bool" },
  parseError: { number: 2, type: "string" },
  semanticError: { number: 3, type: "string" },
  warnings: { number: 100, type: "string", label: "repeated" },
  findings: { number: 101, type: ConfigFinding, label: "repeated" },
});

/** Asks for a reload of the file. */
export type ReloadConfigRequest = Record<string, never>;
export const ReloadConfigRequest: MessageType<ReloadConfigRequest> = message({});

/** What came of a reload. */
export interface ReloadConfigResponse {
  /** Whether the file is in force now. */
  readonly ok: boolean;
  /** Why it cannot be read. */
  readonly parseError: string;
  /** Why it makes no sense. */
  readonly semanticError: string;
  /** Why it could not be put in force. */
  readonly reloadError: string;
  /** What is allowed, but hardly meant. */
  readonly warnings: readonly string[];
  /** All of these one by one, with their places. At most 50 are given. */
  readonly findings: readonly ConfigFinding[];
}
export const ReloadConfigResponse: MessageType<ReloadConfigResponse> = message({
  ok: { number: 1, type: "bool" },
  parseError: { number: 2, type: "string" },
  semanticError: { number: 3, type: "string" },
  reloadError: { number: 4, type: "string" },
  warnings: { number: 100, type: "string", label: "repeated" },
  findings: { number: 101, type: ConfigFinding, label: "repeated" },
});

/** Asks what VPP is connected. */
export type GetVPPInfoRequest = Record<string, never>;
export const GetVPPInfoRequest: MessageType<GetVPPInfoRequest> = message({});

/** A VPP, and how it is driven. */
export interface VPPInfo {
  /** Its release. */
  readonly version: string;
  /** When it was built. */
  readonly buildDate: string;
  /** Where it was built. */
  readonly buildDirectory: string;
  /** Its process. */
  readonly pid: number;
  /** When it started. */
  readonly boottimeNs: bigint;
  /** When it was connected to. */
  readonly connecttimeNs: bigint;
  /** How its load balancer is driven: weighted or classic. Empty if it cannot be. */
  readonly profile: string;
  /** Where the warm-up stands: waiting, releasing or over. */
  readonly warmupPhase: string;
  /** How long the warm-up lasts yet, at most. */
  readonly warmupLeftNs: bigint;
  /** What it lacks to be driven, a line each. */
  readonly missing: readonly string[];
  /** Since when it has not responded, though it is connected. Left out while it does. */
  readonly notRespondingSinceNs?: bigint | undefined;
}
export const VPPInfo: MessageType<VPPInfo> = message({
  version: { number: 1, type: "string" },
  buildDate: { number: 2, type: "string" },
  buildDirectory: { number: 3, type: "string" },
  pid: { number: 4, type: "uint32" },
  boottimeNs: { number: 5, type: "int64" },
  connecttimeNs: { number: 6, type: "int64" },
  profile: { number: 100, type: "string" },
  warmupPhase: { number: 101, type: "string" },
  warmupLeftNs: { number: 102, type: "int64" },
  missing: { number: 103, type: "string", label: "repeated" },
  notRespondingSinceNs: { number: 104, type: "int64", label: "optional" },
});

/** Asks for the state of VPP's load balancer. */
export type GetVPPLBStateRequest = Record<string, never>;
export const GetVPPLBStateRequest: MessageType<GetVPPLBStateRequest> = message({});

/** The settings of VPP's load balancer. */
export interface VPPLBConf {
  /** The source of outer IPv4 headers. */
  readonly ip4SrcAddress: string;
  /** The source of outer IPv6 headers. */
  readonly ip6SrcAddress: string;
  /** The size of each worker's flow table. */
  readonly stickyBucketsPerCore: number;
  /** The seconds after which an idle flow is forgotten. */
  readonly flowTimeout: number;
}
export const VPPLBConf: MessageType<VPPLBConf> = message({
  ip4SrcAddress: { number: 1, type: "string" },
  ip6SrcAddress: { number: 2, type: "string" },
  stickyBucketsPerCore: { number: 3, type: "uint32" },
  flowTimeout: { number: 4, type: "uint32" },
});

/** An application server of a VIP. */
export interface VPPLBAS {
  /** Its address. */
  readonly address: string;
  /** Its weight. */
  readonly weight: number;
  /** 1 while it is in use, 0 once it was deleted. */
  readonly flags: number;
  /** The buckets of the new-flow table that lead to it. */
  readonly numBuckets: number;
  /** The time that VPP gives under this name; 0 for never. */
  readonly inUseSinceNs: bigint;
  /** Its live flows, where VPP was asked for them. */
  readonly flows?: bigint | undefined;
}
export const VPPLBAS: MessageType<VPPLBAS> = message({
  address: { number: 1, type: "string" },
  weight: { number: 2, type: "uint32" },
  flags: { number: 3, type: "uint32" },
  numBuckets: { number: 4, type: "uint32" },
  inUseSinceNs: { number: 5, type: "int64" },
  flows: { number: 100, type: "uint64", label: "optional" },
});

/** A VIP as VPP has it. */
export interface VPPLBVIP {
  /** Its address with the length of the prefix. */
  readonly prefix: string;
  /** The number of its IP protocol; 255 for every one. */
  readonly protocol: number;
  /** 0 for every port. */
  readonly port: number;
  /** gre4 or gre6; others as VPP names them. */
  readonly encap: string;
  /** The buckets of its new-flow table. */
  readonly flowTableLength: number;
  /** Its ASes, with those that were deleted and are not forgotten yet. */
  readonly applicationServers: readonly VPPLBAS[];
  /** Whether all flows of one client address go to the same AS. */
  readonly srcIpSticky: boolean;
}
export const VPPLBVIP: MessageType<VPPLBVIP> = message({
  prefix: { number: 1, type: "string" },
  protocol: { number: 2, type: "uint32" },
  port: { number: 3, type: "uint32" },
  encap: { number: 4, type: "string" },
  flowTableLength: { number: 5, type: "uint32" },
  applicationServers: { number: 6, type: VPPLBAS, label: "repeated" },
  srcIpSticky: { number: 7, type: "bool" },
});

/** The load balancer as VPP has it. */
export interface VPPLBState {
  /** Its settings. Left out where VPP cannot tell. */
  readonly conf?: VPPLBConf | undefined;
  /** Its VIPs. */
  readonly vips: readonly VPPLBVIP[];
}
export const VPPLBState: MessageType<VPPLBState> = message({
  conf: { number: 1, type: VPPLBConf },
  vips: { number: 2, type: VPPLBVIP, label: "repeated" },
});

/** Asks VPP to be made what it should be. */
export interface SyncVPPLBStateRequest {
  /** Only the VIP of this frontend. Default: everything. */
  readonly frontendName?: string | undefined;
}
export const SyncVPPLBStateRequest: MessageType<SyncVPPLBStateRequest> = message({
  frontendName: { number: 1, type: "string", label: "optional" },
});

/** The sync is done, and did this. */
export interface SyncVPPLBStateResponse {
  /** How many VIPs it added. */
  readonly vipAdded: number;
  /** How many it deleted. */
  readonly vipRemoved: number;
  /** How many ASes it added. */
  readonly asAdded: number;
  /** How many it deleted. */
  readonly asRemoved: number;
  /** How many weights it changed. */
  readonly asWeightUpdated: number;
  /** How long it took. */
  readonly durationNs: bigint;
}
export const SyncVPPLBStateResponse: MessageType<SyncVPPLBStateResponse> = message({
  vipAdded: { number: 100, type: "uint32" },
  vipRemoved: { number: 101, type: "uint32" },
  asAdded: { number: 102, type: "uint32" },
  asRemoved: { number: 103, type: "uint32" },
  asWeightUpdated: { number: 104, type: "uint32" },
  durationNs: { number: 105, type: "int64" },
});

/** Asks for the counters of VPP's load balancer. */
export type GetVPPLBCountersRequest = Record<string, never>;
export const GetVPPLBCountersRequest: MessageType<GetVPPLBCountersRequest> = message({});

/** The counters of a VIP: packets, unless it says bytes. */
export interface VPPLBVIPCounters {
  /** Its address with the length of the prefix. */
  readonly prefix: string;
  /** The number of its IP protocol; 255 for every one. */
  readonly protocol: number;
  /** 0 for every port. */
  readonly port: number;
  /** Of flows that VPP knew. */
  readonly next: bigint;
  /** The first of a flow. */
  readonly first: bigint;
  /** Of flows that there was no room to remember. */
  readonly untracked: bigint;
  /** Dropped, because no AS has a weight. */
  readonly noServer: bigint;
  /** To its address, all its ports together. */
  readonly packets: bigint;
  /** The bytes of these. */
  readonly bytes: bigint;
}
export const VPPLBVIPCounters: MessageType<VPPLBVIPCounters> = message({
  prefix: { number: 1, type: "string" },
  protocol: { number: 2, type: "uint32" },
  port: { number: 3, type: "uint32" },
  next: { number: 4, type: "uint64" },
  first: { number: 5, type: "uint64" },
  untracked: { number: 6, type: "uint64" },
  noServer: { number: 7, type: "uint64" },
  packets: { number: 8, type: "uint64" },
  bytes: { number: 9, type: "uint64" },
});

/** What was sent to an AS, for all VIPs together. */
export interface VPPLBASCounters {
  /** Its address. */
  readonly address: string;
  /** How many packets. */
  readonly packets: bigint;
  /** Their bytes. */
  readonly bytes: bigint;
}
export const VPPLBASCounters: MessageType<VPPLBASCounters> = message({
  address: { number: 1, type: "string" },
  packets: { number: 2, type: "uint64" },
  bytes: { number: 3, type: "uint64" },
});

/** The counters of VPP's load balancer at one moment. */
export interface VPPLBCounters {
  /** Those of each VIP. */
  readonly vips: readonly VPPLBVIPCounters[];
  /** Those of each AS. */
  readonly applicationServers: readonly VPPLBASCounters[];
  /** Packets to the address of a VIP, for none of its ports. */
  readonly unmatched: bigint;
  /** When they were read. */
  readonly atUnixNs: bigint;
}
export const VPPLBCounters: MessageType<VPPLBCounters> = message({
  vips: { number: 1, type: VPPLBVIPCounters, label: "repeated" },
  applicationServers: { number: 100, type: VPPLBASCounters, label: "repeated" },
  unmatched: { number: 101, type: "uint64" },
  atUnixNs: { number: 102, type: "int64" },
});

/** Asks what a sync would do. */
export interface PlanVPPLBStateRequest {
  /** Only the VIP of this frontend. Default: everything. */
  readonly frontendName?: string | undefined;
}
export const PlanVPPLBStateRequest: MessageType<PlanVPPLBStateRequest> = message({
  frontendName: { number: 1, type: "string", label: "optional" },
});

/** One change of one VIP. */
export interface PlannedAction {
  /** vip-add, vip-del, as-add, as-del or as-weight. */
  readonly kind: string;
  /** The frontend whose VIP it is; empty where nobody wants the VIP. */
  readonly frontendName: string;
  /** The VIP's address with the length of the prefix. */
  readonly prefix: string;
  /** The number of the VIP's IP protocol; 255 for every one. */
  readonly protocol: number;
  /** The VIP's port; 0 for every port. */
  readonly port: number;
  /** The address of the AS; empty where it is about the VIP. */
  readonly address: string;
  /** The backend of the AS, where it has one. */
  readonly backendName: string;
  /** The weight before; of as-weight alone. */
  readonly fromWeight?: number | undefined;
  /** The weight after; of as-add and as-weight alone. */
  readonly toWeight?: number | undefined;
  /** Whether the flows of the AS are forgotten. */
  readonly flush: boolean;
  /** Why, in one line for people. */
  readonly why: string;
}
export const PlannedAction: MessageType<PlannedAction> = message({
  kind: { number: 1, type: "string" },
  frontendName: { number: 2, type: "string" },
  prefix: { number: 3, type: "string" },
  protocol: { number: 4, type: "uint32" },
  port: { number: 5, type: "uint32" },
  address: { number: 6, type: "string" },
  backendName: { number: 7, type: "string" },
  fromWeight: { number: 8, type: "uint32", label: "optional" },
  toWeight: { number: 9, type: "uint32", label: "optional" },
  flush: { number: 10, type: "bool" },
  why: { number: 11, type: "string" },
});

/** What becomes of the buckets of a table. moved is needed and bystanders together. */
export interface MovedBuckets {
  /** The buckets of the table afterwards. */
  readonly total: number;
  /** Those that go to another AS. */
  readonly moved: number;
  /** The fewest that have to, for the new weights. */
  readonly needed: number;
  /** Those beyond that, a side effect of how VPP builds tables. */
  readonly bystanders: number;
}
export const MovedBuckets: MessageType<MovedBuckets> = message({
  total: { number: 1, type: "uint32" },
  moved: { number: 2, type: "uint32" },
  needed: { number: 3, type: "uint32" },
  bystanders: { number: 4, type: "uint32" },
});

/** How many buckets of a VIP's new-flow table go to another AS. Flows that VPP remembers stay. */
export interface PlannedImpact {
  /** The frontend whose VIP it is; empty where nobody wants the VIP. */
  readonly frontendName: string;
  /** The VIP's address with the length of the prefix. */
  readonly prefix: string;
  /** The number of the VIP's IP protocol; 255 for every one. */
  readonly protocol: number;
  /** The VIP's port; 0 for every port. */
  readonly port: number;
  /** The buckets. Left out where VPP's table is one that cannot be computed here. */
  readonly buckets?: MovedBuckets | undefined;
}
export const PlannedImpact: MessageType<PlannedImpact> = message({
  frontendName: { number: 1, type: "string" },
  prefix: { number: 2, type: "string" },
  protocol: { number: 3, type: "uint32" },
  port: { number: 4, type: "uint32" },
  buckets: { number: 5, type: MovedBuckets },
});

/** A setting of VPP's load balancer that is to be another one. */
export interface PlannedSetting {
  /** ip4-src-address, ip6-src-address, sticky-buckets-per-core or flow-timeout. */
  readonly name: string;
  /** What VPP has. Left out where it cannot tell. */
  readonly from?: string | undefined;
  /** What it is to have. */
  readonly to: string;
  /** What that does, in one line for people. */
  readonly effect: string;
}
export const PlannedSetting: MessageType<PlannedSetting> = message({
  name: { number: 1, type: "string" },
  from: { number: 2, type: "string", label: "optional" },
  to: { number: 3, type: "string" },
  effect: { number: 4, type: "string" },
});

/** What a sync would do now, in this order. */
export interface PlanVPPLBStateResponse {
  /** None where VPP has the VIPs that it should have. */
  readonly actions: readonly PlannedAction[];
  /** What that does to new flows, by VIP. VIPs that are only deleted are left out. */
  readonly impacts: readonly PlannedImpact[];
  /** The global settings that it writes first. None where VPP has them. */
  readonly settings: readonly PlannedSetting[];
}
export const PlanVPPLBStateResponse: MessageType<PlanVPPLBStateResponse> = message({
  actions: { number: 1, type: PlannedAction, label: "repeated" },
  impacts: { number: 2, type: PlannedImpact, label: "repeated" },
  settings: { number: 3, type: PlannedSetting, label: "repeated" },
});

/** Asks which daemon answers. */
export type GetVersionRequest = Record<string, never>;
export const GetVersionRequest: MessageType<GetVersionRequest> = message({});

/** A daemon. */
export interface VersionInfo {
  /** Its version. */
  readonly version: string;
  /** The commit that it was built from; empty where it runs from source. */
  readonly commit: string;
  /** When that commit was made, in RFC 3339; empty where it runs from source. */
  readonly date: string;
  /** The runtime's name and version. */
  readonly runtime: string;
  /** When the daemon was started. */
  readonly startedUnixNs: bigint;
}
export const VersionInfo: MessageType<VersionInfo> = message({
  version: { number: 1, type: "string" },
  commit: { number: 2, type: "string" },
  date: { number: 3, type: "string" },
  runtime: { number: 4, type: "string" },
  startedUnixNs: { number: 5, type: "int64" },
});

/** The full name of the service. */
export const serviceName = "maglev.Maglev";

/** The methods of the service, with their messages; `changes` is false of those that only look. */
export const methods = {
  /** The names of all frontends, in the order of the file. */
  ListFrontends: {
    name: "ListFrontends",
    request: ListFrontendsRequest,
    response: ListFrontendsResponse,
    type: "unary",
    changes: false,
  },
  /** One frontend, with what its backends should weigh now. */
  GetFrontend: {
    name: "GetFrontend",
    request: GetFrontendRequest,
    response: FrontendInfo,
    type: "unary",
    changes: false,
  },
  /** The names of all backends, in the order of the file. */
  ListBackends: {
    name: "ListBackends",
    request: ListBackendsRequest,
    response: ListBackendsResponse,
    type: "unary",
    changes: false,
  },
  /** One backend, with its health. */
  GetBackend: {
    name: "GetBackend",
    request: GetBackendRequest,
    response: BackendInfo,
    type: "unary",
    changes: false,
  },
  /** Holds a backend at weight 0 without probes; its flows drain. */
  PauseBackend: {
    name: "PauseBackend",
    request: BackendRequest,
    response: BackendInfo,
    type: "unary",
    changes: true,
  },
  /** Ends a pause. */
  ResumeBackend: {
    name: "ResumeBackend",
    request: BackendRequest,
    response: BackendInfo,
    type: "unary",
    changes: true,
  },
  /** Ends a disable, or enables a backend against the file. */
  EnableBackend: {
    name: "EnableBackend",
    request: BackendRequest,
    response: BackendInfo,
    type: "unary",
    changes: true,
  },
  /** Takes a backend out; its flows are flushed. */
  DisableBackend: {
    name: "DisableBackend",
    request: BackendRequest,
    response: BackendInfo,
    type: "unary",
    changes: true,
  },
  /** The names of all health checks, in the order of the file. */
  ListHealthChecks: {
    name: "ListHealthChecks",
    request: ListHealthChecksRequest,
    response: ListHealthChecksResponse,
    type: "unary",
    changes: false,
  },
  /** One health check, as the file has it. */
  GetHealthCheck: {
    name: "GetHealthCheck",
    request: GetHealthCheckRequest,
    response: HealthCheckInfo,
    type: "unary",
    changes: false,
  },
  /** Sets a weight over that of the file, until the file's own changes. */
  SetFrontendPoolBackendWeight: {
    name: "SetFrontendPoolBackendWeight",
    request: SetWeightRequest,
    response: FrontendInfo,
    type: "unary",
    changes: true,
  },
  /** The present state of everything, then what happens, in one order. */
  WatchEvents: {
    name: "WatchEvents",
    request: WatchRequest,
    response: Event,
    type: "server_stream",
    changes: false,
  },
  /** Reads the file and says what is wrong with it. Changes nothing. */
  CheckConfig: {
    name: "CheckConfig",
    request: CheckConfigRequest,
    response: CheckConfigResponse,
    type: "unary",
    changes: false,
  },
  /** Reads the file, and goes over to it if nothing is wrong with it. */
  ReloadConfig: {
    name: "ReloadConfig",
    request: ReloadConfigRequest,
    response: ReloadConfigResponse,
    type: "unary",
    changes: true,
  },
  /** The VPP that is connected. */
  GetVPPInfo: {
    name: "GetVPPInfo",
    request: GetVPPInfoRequest,
    response: VPPInfo,
    type: "unary",
    changes: false,
  },
  /** The load balancer as VPP has it. */
  GetVPPLBState: {
    name: "GetVPPLBState",
    request: GetVPPLBStateRequest,
    response: VPPLBState,
    type: "unary",
    changes: false,
  },
  /** Makes VPP what it should be, now. */
  SyncVPPLBState: {
    name: "SyncVPPLBState",
    request: SyncVPPLBStateRequest,
    response: SyncVPPLBStateResponse,
    type: "unary",
    changes: true,
  },
  /** The latest counters of the load balancer. */
  GetVPPLBCounters: {
    name: "GetVPPLBCounters",
    request: GetVPPLBCountersRequest,
    response: VPPLBCounters,
    type: "unary",
    changes: false,
  },
  /** What SyncVPPLBState would do now, and why. Changes nothing. */
  PlanVPPLBState: {
    name: "PlanVPPLBState",
    request: PlanVPPLBStateRequest,
    response: PlanVPPLBStateResponse,
    type: "unary",
    changes: false,
  },
  /** Which daemon answers. */
  GetVersion: {
    name: "GetVersion",
    request: GetVersionRequest,
    response: VersionInfo,
    type: "unary",
    changes: false,
  },
} as const;

/** The FileDescriptorProto of proto/maglev.proto, in base64. */
export const descriptor = [
  "CgxtYWdsZXYucHJvdG8SBm1hZ2xldiIWChRMaXN0RnJvbnRlbmRzUmVxdWVzdCI+ChVMaXN0RnJvbnRlbmRzUmVzcG9u",
  "c2USJQoOZnJvbnRlbmRfbmFtZXMYASADKAlSDWZyb250ZW5kTmFtZXMiKAoSR2V0RnJvbnRlbmRSZXF1ZXN0EhIKBG5h",
  "bWUYASABKAlSBG5hbWUioAMKDEZyb250ZW5kSW5mbxISCgRuYW1lGAEgASgJUgRuYW1lEhgKB2FkZHJlc3MYAiABKAlS",
  "B2FkZHJlc3MSGgoIcHJvdG9jb2wYAyABKAlSCHByb3RvY29sEhIKBHBvcnQYBCABKA1SBHBvcnQSJgoFcG9vbHMYBSAD",
  "KAsyEC5tYWdsZXYuUG9vbEluZm9SBXBvb2xzEiAKC2Rlc2NyaXB0aW9uGAYgASgJUgtkZXNjcmlwdGlvbhIiCg1zcmNf",
  "aXBfc3RpY2t5GAcgASgIUgtzcmNJcFN0aWNreRIiCg1mbHVzaF9vbl9kb3duGAggASgIUgtmbHVzaE9uRG93bhIUCgVz",
  "dGF0ZRhkIAEoCVIFc3RhdGUSIgoNc2luY2VfdW5peF9ucxhlIAEoA1ILc2luY2VVbml4TnMSOgoLdHJhbnNpdGlvbnMY",
  "ZiADKAsyGC5tYWdsZXYuVHJhbnNpdGlvblJlY29yZFILdHJhbnNpdGlvbnMSKgoRZmxvd190YWJsZV9sZW5ndGgYZyAB",
  "KA1SD2Zsb3dUYWJsZUxlbmd0aCJrCghQb29sSW5mbxISCgRuYW1lGAEgASgJUgRuYW1lEjMKCGJhY2tlbmRzGAIgAygL",
  "MhcubWFnbGV2LlBvb2xCYWNrZW5kSW5mb1IIYmFja2VuZHMSFgoGYWN0aXZlGGQgASgIUgZhY3RpdmUisgEKD1Bvb2xC",
  "YWNrZW5kSW5mbxISCgRuYW1lGAEgASgJUgRuYW1lEhYKBndlaWdodBgCIAEoBVIGd2VpZ2h0EikKEGVmZmVjdGl2ZV93",
  "ZWlnaHQYAyABKAVSD2VmZmVjdGl2ZVdlaWdodBIUCgVzdGF0ZRhkIAEoCVIFc3RhdGUSMgoIb3ZlcnJpZGUYZSABKAsy",
  "Fi5tYWdsZXYuV2VpZ2h0T3ZlcnJpZGVSCG92ZXJyaWRlInwKDldlaWdodE92ZXJyaWRlEhYKBndlaWdodBgBIAEoBVIG",
  "d2VpZ2h0EiQKDndlaWdodF9pbl9maWxlGAIgASgFUgx3ZWlnaHRJbkZpbGUSDgoCYnkYAyABKAlSAmJ5EhwKCmF0X3Vu",
  "aXhfbnMYBCABKANSCGF0VW5peE5zIhUKE0xpc3RCYWNrZW5kc1JlcXVlc3QiOwoUTGlzdEJhY2tlbmRzUmVzcG9uc2US",
  "IwoNYmFja2VuZF9uYW1lcxgBIAMoCVIMYmFja2VuZE5hbWVzIkgKEUdldEJhY2tlbmRSZXF1ZXN0EhIKBG5hbWUYASAB",
  "KAlSBG5hbWUSHwoLd2l0aG91dF92cHAYZCABKAhSCndpdGhvdXRWcHAiJAoOQmFja2VuZFJlcXVlc3QSEgoEbmFtZRgB",
  "IAEoCVIEbmFtZSLDBAoLQmFja2VuZEluZm8SEgoEbmFtZRgBIAEoCVIEbmFtZRIYCgdhZGRyZXNzGAIgASgJUgdhZGRy",
  "ZXNzEhQKBXN0YXRlGAMgASgJUgVzdGF0ZRI6Cgt0cmFuc2l0aW9ucxgEIAMoCzIYLm1hZ2xldi5UcmFuc2l0aW9uUmVj",
  "b3JkUgt0cmFuc2l0aW9ucxIYCgdlbmFibGVkGAUgASgIUgdlbmFibGVkEiAKC2hlYWx0aGNoZWNrGAYgASgJUgtoZWFs",
  "dGhjaGVjaxIiCg1zaW5jZV91bml4X25zGGQgASgDUgtzaW5jZVVuaXhOcxItCgdyZXN1bHRzGGUgAygLMhMubWFnbGV2",
  "LlByb2JlUmVzdWx0UgdyZXN1bHRzEi8KB2NvdW50ZXIYZiABKAsyFS5tYWdsZXYuSGVhbHRoQ291bnRlclIHY291bnRl",
  "chIrChJuZXh0X3Byb2JlX3VuaXhfbnMYZyABKANSD25leHRQcm9iZVVuaXhOcxIYCgdwcm9iaW5nGGggASgIUgdwcm9i",
  "aW5nEigKB3JlYXNvbnMYaSADKAsyDi5tYWdsZXYuUmVhc29uUgdyZWFzb25zEiUKDmZyb250ZW5kX25hbWVzGGogAygJ",
  "Ug1mcm9udGVuZE5hbWVzEiYKD2VuYWJsZWRfaW5fZmlsZRhrIAEoCFINZW5hYmxlZEluRmlsZRI0CghvdmVycmlkZRhs",
  "IAEoCzIYLm1hZ2xldi5PcGVyYXRvck92ZXJyaWRlUghvdmVycmlkZSLRAgoLUHJvYmVSZXN1bHQSDgoCb2sYASABKAhS",
  "Am9rEhIKBGNvZGUYAiABKAlSBGNvZGUSFgoGZGV0YWlsGAMgASgJUgZkZXRhaWwSJgoPc3RhcnRlZF91bml4X25zGAQg",
  "ASgDUg1zdGFydGVkVW5peE5zEh8KC2R1cmF0aW9uX25zGAUgASgDUgpkdXJhdGlvbk5zEiIKCmNvbm5lY3RfbnMYBiAB",
  "KANIAFIJY29ubmVjdE5ziAEBEhoKBnRsc19ucxgHIAEoA0gBUgV0bHNOc4gBARInCg1maXJzdF9ieXRlX25zGAggASgD",
  "SAJSC2ZpcnN0Qnl0ZU5ziAEBEhwKB2JvZHlfbnMYCSABKANIA1IGYm9keU5ziAEBQg0KC19jb25uZWN0X25zQgkKB190",
  "bHNfbnNCEAoOX2ZpcnN0X2J5dGVfbnNCCgoIX2JvZHlfbnMiVAoNSGVhbHRoQ291bnRlchIUCgV2YWx1ZRgBIAEoBVIF",
  "dmFsdWUSGAoHbWF4aW11bRgCIAEoBVIHbWF4aW11bRITCgV1cF9hdBgDIAEoBVIEdXBBdCJSChBPcGVyYXRvck92ZXJy",
  "aWRlEhAKA2FjdBgBIAEoCVIDYWN0Eg4KAmJ5GAIgASgJUgJieRIcCgphdF91bml4X25zGAMgASgDUghhdFVuaXhOcyKL",
  "AQoGUmVhc29uEhIKBGtpbmQYASABKAlSBGtpbmQSIwoNZnJvbnRlbmRfbmFtZRgCIAEoCVIMZnJvbnRlbmROYW1lEhIK",
  "BHRleHQYAyABKAlSBHRleHQSNAoJaW5zdGFsbGVkGAQgASgLMhYubWFnbGV2Lkluc3RhbGxlZFNoYXJlUglpbnN0YWxs",
  "ZWQi9AEKDkluc3RhbGxlZFNoYXJlEiMKDXdhbnRlZF93ZWlnaHQYASABKAVSDHdhbnRlZFdlaWdodBIbCgZ3ZWlnaHQY",
  "AiABKAVIAFIGd2VpZ2h0iAEBEhgKB3ByZXNlbnQYAyABKAhSB3ByZXNlbnQSHwoLbnVtX2J1Y2tldHMYBCABKA1SCm51",
  "bUJ1Y2tldHMSKgoRZmxvd190YWJsZV9sZW5ndGgYBSABKA1SD2Zsb3dUYWJsZUxlbmd0aBIUCgVmbG93cxgGIAEoBFIF",
  "Zmxvd3MSGAoHZGlmZmVycxgHIAEoCFIHZGlmZmVyc0IJCgdfd2VpZ2h0IoIBChBUcmFuc2l0aW9uUmVjb3JkEhIKBGZy",
  "b20YASABKAlSBGZyb20SDgoCdG8YAiABKAlSAnRvEhwKCmF0X3VuaXhfbnMYAyABKANSCGF0VW5peE5zEhQKBWNhdXNl",
  "GGQgASgJUgVjYXVzZRIWCgZkZXRhaWwYZSABKAlSBmRldGFpbCIZChdMaXN0SGVhbHRoQ2hlY2tzUmVxdWVzdCIwChhM",
  "aXN0SGVhbHRoQ2hlY2tzUmVzcG9uc2USFAoFbmFtZXMYASADKAlSBW5hbWVzIisKFUdldEhlYWx0aENoZWNrUmVxdWVz",
  "dBISCgRuYW1lGAEgASgJUgRuYW1lIqwDCg9IZWFsdGhDaGVja0luZm8SEgoEbmFtZRgBIAEoCVIEbmFtZRISCgR0eXBl",
  "GAIgASgJUgR0eXBlEhIKBHBvcnQYAyABKA1SBHBvcnQSJAoOcHJvYmVfaXB2NF9zcmMYBCABKAlSDHByb2JlSXB2NFNy",
  "YxIkCg5wcm9iZV9pcHY2X3NyYxgFIAEoCVIMcHJvYmVJcHY2U3JjEh8KC2ludGVydmFsX25zGAYgASgDUgppbnRlcnZh",
  "bE5zEigKEGZhc3RfaW50ZXJ2YWxfbnMYByABKANSDmZhc3RJbnRlcnZhbE5zEigKEGRvd25faW50ZXJ2YWxfbnMYCCAB",
  "KANSDmRvd25JbnRlcnZhbE5zEh0KCnRpbWVvdXRfbnMYCSABKANSCXRpbWVvdXROcxISCgRyaXNlGAogASgFUgRyaXNl",
  "EhIKBGZhbGwYCyABKAVSBGZhbGwSKwoEaHR0cBgMIAEoCzIXLm1hZ2xldi5IVFRQQ2hlY2tQYXJhbXNSBGh0dHASKAoD",
  "dGNwGA0gASgLMhYubWFnbGV2LlRDUENoZWNrUGFyYW1zUgN0Y3AijQIKD0hUVFBDaGVja1BhcmFtcxISCgRwYXRoGAEg",
  "ASgJUgRwYXRoEhIKBGhvc3QYAiABKAlSBGhvc3QSKgoRcmVzcG9uc2VfY29kZV9taW4YAyABKAVSD3Jlc3BvbnNlQ29k",
  "ZU1pbhIqChFyZXNwb25zZV9jb2RlX21heBgEIAEoBVIPcmVzcG9uc2VDb2RlTWF4EicKD3Jlc3BvbnNlX3JlZ2V4cBgF",
  "IAEoCVIOcmVzcG9uc2VSZWdleHASHwoLc2VydmVyX25hbWUYBiABKAlSCnNlcnZlck5hbWUSMAoUaW5zZWN1cmVfc2tp",
  "cF92ZXJpZnkYByABKAhSEmluc2VjdXJlU2tpcFZlcmlmeSJ1Cg5UQ1BDaGVja1BhcmFtcxIQCgNzc2wYASABKAhSA3Nz",
  "bBIfCgtzZXJ2ZXJfbmFtZRgCIAEoCVIKc2VydmVyTmFtZRIwChRpbnNlY3VyZV9za2lwX3ZlcmlmeRgDIAEoCFISaW5z",
  "ZWN1cmVTa2lwVmVyaWZ5InQKEFNldFdlaWdodFJlcXVlc3QSGgoIZnJvbnRlbmQYASABKAlSCGZyb250ZW5kEhIKBHBv",
  "b2wYAiABKAlSBHBvb2wSGAoHYmFja2VuZBgDIAEoCVIHYmFja2VuZBIWCgZ3ZWlnaHQYBCABKAVSBndlaWdodCLTAQoM",
  "V2F0Y2hSZXF1ZXN0EhUKA2xvZxgBIAEoCEgAUgNsb2eIAQESGwoJbG9nX2xldmVsGAIgASgJUghsb2dMZXZlbBIdCgdi",
  "YWNrZW5kGAMgASgISAFSB2JhY2tlbmSIAQESHwoIZnJvbnRlbmQYBCABKAhIAlIIZnJvbnRlbmSIAQESFgoGd2VpZ2h0",
  "GGQgASgIUgZ3ZWlnaHQSFgoGcmVsb2FkGGUgASgIUgZyZWxvYWRCBgoEX2xvZ0IKCghfYmFja2VuZEILCglfZnJvbnRl",
  "bmQi3gIKBUV2ZW50EiQKA2xvZxgBIAEoCzIQLm1hZ2xldi5Mb2dFdmVudEgAUgNsb2cSMAoHYmFja2VuZBgCIAEoCzIU",
  "Lm1hZ2xldi5CYWNrZW5kRXZlbnRIAFIHYmFja2VuZBIzCghmcm9udGVuZBgDIAEoCzIVLm1hZ2xldi5Gcm9udGVuZEV2",
  "ZW50SABSCGZyb250ZW5kEicKBGxvc3QYZCABKAsyES5tYWdsZXYuTG9zdEV2ZW50SABSBGxvc3QSLQoGd2VpZ2h0GGUg",
  "ASgLMhMubWFnbGV2LldlaWdodEV2ZW50SABSBndlaWdodBItCgZyZWxvYWQYZiABKAsyEy5tYWdsZXYuUmVsb2FkRXZl",
  "bnRIAFIGcmVsb2FkEhoKCHNlcXVlbmNlGGcgASgEUghzZXF1ZW5jZRIcCgphdF91bml4X25zGGggASgDUghhdFVuaXhO",
  "c0IHCgVldmVudCJ3CghMb2dFdmVudBIcCgphdF91bml4X25zGAEgASgDUghhdFVuaXhOcxIUCgVsZXZlbBgCIAEoCVIF",
  "bGV2ZWwSEAoDbXNnGAMgASgJUgNtc2cSJQoFYXR0cnMYBCADKAsyDy5tYWdsZXYuTG9nQXR0clIFYXR0cnMiMQoHTG9n",
  "QXR0chIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoCVIFdmFsdWUikgEKDEJhY2tlbmRFdmVudBIhCgxiYWNr",
  "ZW5kX25hbWUYASABKAlSC2JhY2tlbmROYW1lEjgKCnRyYW5zaXRpb24YAiABKAsyGC5tYWdsZXYuVHJhbnNpdGlvblJl",
  "Y29yZFIKdHJhbnNpdGlvbhIlCg5mcm9udGVuZF9uYW1lcxhkIAMoCVINZnJvbnRlbmROYW1lcyJuCg1Gcm9udGVuZEV2",
  "ZW50EiMKDWZyb250ZW5kX25hbWUYASABKAlSDGZyb250ZW5kTmFtZRI4Cgp0cmFuc2l0aW9uGAIgASgLMhgubWFnbGV2",
  "LlRyYW5zaXRpb25SZWNvcmRSCnRyYW5zaXRpb24iIQoJTG9zdEV2ZW50EhQKBWNvdW50GAEgASgEUgVjb3VudCKmAQoL",
  "V2VpZ2h0RXZlbnQSIwoNZnJvbnRlbmRfbmFtZRgBIAEoCVIMZnJvbnRlbmROYW1lEhsKCXBvb2xfbmFtZRgCIAEoCVII",
  "cG9vbE5hbWUSIQoMYmFja2VuZF9uYW1lGAMgASgJUgtiYWNrZW5kTmFtZRISCgRmcm9tGAQgASgFUgRmcm9tEg4KAnRv",
  "GAUgASgFUgJ0bxIOCgJieRgGIAEoCVICYnki5wEKC1JlbG9hZEV2ZW50EjgKDGhlYWx0aGNoZWNrcxgBIAEoCzIULm1h",
  "Z2xldi5DaGFuZ2VDb3VudHNSDGhlYWx0aGNoZWNrcxIwCghiYWNrZW5kcxgCIAEoCzIULm1hZ2xldi5DaGFuZ2VDb3Vu",
  "dHNSCGJhY2tlbmRzEjIKCWZyb250ZW5kcxgDIAEoCzIULm1hZ2xldi5DaGFuZ2VDb3VudHNSCWZyb250ZW5kcxIaCghz",
  "ZXR0aW5ncxgEIAEoDVIIc2V0dGluZ3MSHAoJcmVzdGFydGVkGAUgASgNUglyZXN0YXJ0ZWQiWAoMQ2hhbmdlQ291bnRz",
  "EhQKBWFkZGVkGAEgASgNUgVhZGRlZBIYCgdjaGFuZ2VkGAIgASgNUgdjaGFuZ2VkEhgKB3JlbW92ZWQYAyABKA1SB3Jl",
  "bW92ZWQiFAoSQ2hlY2tDb25maWdSZXF1ZXN0IrwBChNDaGVja0NvbmZpZ1Jlc3BvbnNlEg4KAm9rGAEgASgIUgJvaxIf",
  "CgtwYXJzZV9lcnJvchgCIAEoCVIKcGFyc2VFcnJvchIlCg5zZW1hbnRpY19lcnJvchgDIAEoCVINc2VtYW50aWNFcnJv",
  "chIaCgh3YXJuaW5ncxhkIAMoCVIId2FybmluZ3MSMQoIZmluZGluZ3MYZSADKAsyFS5tYWdsZXYuQ29uZmlnRmluZGlu",
  "Z1IIZmluZGluZ3MimQEKDUNvbmZpZ0ZpbmRpbmcSEgoEZmlsZRgBIAEoCVIEZmlsZRISCgRsaW5lGAIgASgNUgRsaW5l",
  "EhYKBmNvbHVtbhgDIAEoDVIGY29sdW1uEhIKBHBhdGgYBCABKAlSBHBhdGgSGAoHbWVzc2FnZRgFIAEoCVIHbWVzc2Fn",
  "ZRIaCghzZXZlcml0eRgGIAEoCVIIc2V2ZXJpdHkiFQoTUmVsb2FkQ29uZmlnUmVxdWVzdCLgAQoUUmVsb2FkQ29uZmln",
  "UmVzcG9uc2USDgoCb2sYASABKAhSAm9rEh8KC3BhcnNlX2Vycm9yGAIgASgJUgpwYXJzZUVycm9yEiUKDnNlbWFudGlj",
  "X2Vycm9yGAMgASgJUg1zZW1hbnRpY0Vycm9yEiEKDHJlbG9hZF9lcnJvchgEIAEoCVILcmVsb2FkRXJyb3ISGgoId2Fy",
  "bmluZ3MYZCADKAlSCHdhcm5pbmdzEjEKCGZpbmRpbmdzGGUgAygLMhUubWFnbGV2LkNvbmZpZ0ZpbmRpbmdSCGZpbmRp",
  "bmdzIhMKEUdldFZQUEluZm9SZXF1ZXN0IpoDCgdWUFBJbmZvEhgKB3ZlcnNpb24YASABKAlSB3ZlcnNpb24SHQoKYnVp",
  "bGRfZGF0ZRgCIAEoCVIJYnVpbGREYXRlEicKD2J1aWxkX2RpcmVjdG9yeRgDIAEoCVIOYnVpbGREaXJlY3RvcnkSEAoD",
  "cGlkGAQgASgNUgNwaWQSHwoLYm9vdHRpbWVfbnMYBSABKANSCmJvb3R0aW1lTnMSJQoOY29ubmVjdHRpbWVfbnMYBiAB",
  "KANSDWNvbm5lY3R0aW1lTnMSGAoHcHJvZmlsZRhkIAEoCVIHcHJvZmlsZRIhCgx3YXJtdXBfcGhhc2UYZSABKAlSC3dh",
  "cm11cFBoYXNlEiQKDndhcm11cF9sZWZ0X25zGGYgASgDUgx3YXJtdXBMZWZ0TnMSGAoHbWlzc2luZxhnIAMoCVIHbWlz",
  "c2luZxI6Chdub3RfcmVzcG9uZGluZ19zaW5jZV9ucxhoIAEoA0gAUhRub3RSZXNwb25kaW5nU2luY2VOc4gBAUIaChhf",
  "bm90X3Jlc3BvbmRpbmdfc2luY2VfbnMiFgoUR2V0VlBQTEJTdGF0ZVJlcXVlc3QiWQoKVlBQTEJTdGF0ZRIlCgRjb25m",
  "GAEgASgLMhEubWFnbGV2LlZQUExCQ29uZlIEY29uZhIkCgR2aXBzGAIgAygLMhAubWFnbGV2LlZQUExCVklQUgR2aXBz",
  "IrUBCglWUFBMQkNvbmYSJgoPaXA0X3NyY19hZGRyZXNzGAEgASgJUg1pcDRTcmNBZGRyZXNzEiYKD2lwNl9zcmNfYWRk",
  "cmVzcxgCIAEoCVINaXA2U3JjQWRkcmVzcxI1ChdzdGlja3lfYnVja2V0c19wZXJfY29yZRgDIAEoDVIUc3RpY2t5QnVj",
  "a2V0c1BlckNvcmUSIQoMZmxvd190aW1lb3V0GAQgASgNUgtmbG93VGltZW91dCL6AQoIVlBQTEJWSVASFgoGcHJlZml4",
  "GAEgASgJUgZwcmVmaXgSGgoIcHJvdG9jb2wYAiABKA1SCHByb3RvY29sEhIKBHBvcnQYAyABKA1SBHBvcnQSFAoFZW5j",
  "YXAYBCABKAlSBWVuY2FwEioKEWZsb3dfdGFibGVfbGVuZ3RoGAUgASgNUg9mbG93VGFibGVMZW5ndGgSQAoTYXBwbGlj",
  "YXRpb25fc2VydmVycxgGIAMoCzIPLm1hZ2xldi5WUFBMQkFTUhJhcHBsaWNhdGlvblNlcnZlcnMSIgoNc3JjX2lwX3N0",
  "aWNreRgHIAEoCFILc3JjSXBTdGlja3kivgEKB1ZQUExCQVMSGAoHYWRkcmVzcxgBIAEoCVIHYWRkcmVzcxIWCgZ3ZWln",
  "aHQYAiABKA1SBndlaWdodBIUCgVmbGFncxgDIAEoDVIFZmxhZ3MSHwoLbnVtX2J1Y2tldHMYBCABKA1SCm51bUJ1Y2tl",
  "dHMSJQoPaW5fdXNlX3NpbmNlX25zGAUgASgDUgxpblVzZVNpbmNlTnMSGQoFZmxvd3MYZCABKARIAFIFZmxvd3OIAQFC",
  "CAoGX2Zsb3dzIlMKFVN5bmNWUFBMQlN0YXRlUmVxdWVzdBIoCg1mcm9udGVuZF9uYW1lGAEgASgJSABSDGZyb250ZW5k",
  "TmFtZYgBAUIQCg5fZnJvbnRlbmRfbmFtZSLdAQoWU3luY1ZQUExCU3RhdGVSZXNwb25zZRIbCgl2aXBfYWRkZWQYZCAB",
  "KA1SCHZpcEFkZGVkEh8KC3ZpcF9yZW1vdmVkGGUgASgNUgp2aXBSZW1vdmVkEhkKCGFzX2FkZGVkGGYgASgNUgdhc0Fk",
  "ZGVkEh0KCmFzX3JlbW92ZWQYZyABKA1SCWFzUmVtb3ZlZBIqChFhc193ZWlnaHRfdXBkYXRlZBhoIAEoDVIPYXNXZWln",
  "aHRVcGRhdGVkEh8KC2R1cmF0aW9uX25zGGkgASgDUgpkdXJhdGlvbk5zIhkKF0dldFZQUExCQ291bnRlcnNSZXF1ZXN0",
  "IsMBCg1WUFBMQkNvdW50ZXJzEiwKBHZpcHMYASADKAsyGC5tYWdsZXYuVlBQTEJWSVBDb3VudGVyc1IEdmlwcxJIChNh",
  "cHBsaWNhdGlvbl9zZXJ2ZXJzGGQgAygLMhcubWFnbGV2LlZQUExCQVNDb3VudGVyc1ISYXBwbGljYXRpb25TZXJ2ZXJz",
  "EhwKCXVubWF0Y2hlZBhlIAEoBFIJdW5tYXRjaGVkEhwKCmF0X3VuaXhfbnMYZiABKANSCGF0VW5peE5zIu8BChBWUFBM",
  "QlZJUENvdW50ZXJzEhYKBnByZWZpeBgBIAEoCVIGcHJlZml4EhoKCHByb3RvY29sGAIgASgNUghwcm90b2NvbBISCgRw",
  "b3J0GAMgASgNUgRwb3J0EhIKBG5leHQYBCABKARSBG5leHQSFAoFZmlyc3QYBSABKARSBWZpcnN0EhwKCXVudHJhY2tl",
  "ZBgGIAEoBFIJdW50cmFja2VkEhsKCW5vX3NlcnZlchgHIAEoBFIIbm9TZXJ2ZXISGAoHcGFja2V0cxgIIAEoBFIHcGFj",
  "a2V0cxIUCgVieXRlcxgJIAEoBFIFYnl0ZXMiWwoPVlBQTEJBU0NvdW50ZXJzEhgKB2FkZHJlc3MYASABKAlSB2FkZHJl",
  "c3MSGAoHcGFja2V0cxgCIAEoBFIHcGFja2V0cxIUCgVieXRlcxgDIAEoBFIFYnl0ZXMiUwoVUGxhblZQUExCU3RhdGVS",
  "ZXF1ZXN0EigKDWZyb250ZW5kX25hbWUYASABKAlIAFIMZnJvbnRlbmROYW1liAEBQhAKDl9mcm9udGVuZF9uYW1lIq4B",
  "ChZQbGFuVlBQTEJTdGF0ZVJlc3BvbnNlEi8KB2FjdGlvbnMYASADKAsyFS5tYWdsZXYuUGxhbm5lZEFjdGlvblIHYWN0",
  "aW9ucxIvCgdpbXBhY3RzGAIgAygLMhUubWFnbGV2LlBsYW5uZWRJbXBhY3RSB2ltcGFjdHMSMgoIc2V0dGluZ3MYAyAD",
  "KAsyFi5tYWdsZXYuUGxhbm5lZFNldHRpbmdSCHNldHRpbmdzIm4KDlBsYW5uZWRTZXR0aW5nEhIKBG5hbWUYASABKAlS",
  "BG5hbWUSFwoEZnJvbRgCIAEoCUgAUgRmcm9tiAEBEg4KAnRvGAMgASgJUgJ0bxIWCgZlZmZlY3QYBCABKAlSBmVmZmVj",
  "dEIHCgVfZnJvbSKsAQoNUGxhbm5lZEltcGFjdBIjCg1mcm9udGVuZF9uYW1lGAEgASgJUgxmcm9udGVuZE5hbWUSFgoG",
  "cHJlZml4GAIgASgJUgZwcmVmaXgSGgoIcHJvdG9jb2wYAyABKA1SCHByb3RvY29sEhIKBHBvcnQYBCABKA1SBHBvcnQS",
  "LgoHYnVja2V0cxgFIAEoCzIULm1hZ2xldi5Nb3ZlZEJ1Y2tldHNSB2J1Y2tldHMicgoMTW92ZWRCdWNrZXRzEhQKBXRv",
  "dGFsGAEgASgNUgV0b3RhbBIUCgVtb3ZlZBgCIAEoDVIFbW92ZWQSFgoGbmVlZGVkGAMgASgNUgZuZWVkZWQSHgoKYnlz",
  "dGFuZGVycxgEIAEoDVIKYnlzdGFuZGVycyLbAgoNUGxhbm5lZEFjdGlvbhISCgRraW5kGAEgASgJUgRraW5kEiMKDWZy",
  "b250ZW5kX25hbWUYAiABKAlSDGZyb250ZW5kTmFtZRIWCgZwcmVmaXgYAyABKAlSBnByZWZpeBIaCghwcm90b2NvbBgE",
  "IAEoDVIIcHJvdG9jb2wSEgoEcG9ydBgFIAEoDVIEcG9ydBIYCgdhZGRyZXNzGAYgASgJUgdhZGRyZXNzEiEKDGJhY2tl",
  "bmRfbmFtZRgHIAEoCVILYmFja2VuZE5hbWUSJAoLZnJvbV93ZWlnaHQYCCABKA1IAFIKZnJvbVdlaWdodIgBARIgCgl0",
  "b193ZWlnaHQYCSABKA1IAVIIdG9XZWlnaHSIAQESFAoFZmx1c2gYCiABKAhSBWZsdXNoEhAKA3doeRgLIAEoCVIDd2h5",
  "Qg4KDF9mcm9tX3dlaWdodEIMCgpfdG9fd2VpZ2h0IhMKEUdldFZlcnNpb25SZXF1ZXN0IpUBCgtWZXJzaW9uSW5mbxIY",
  "Cgd2ZXJzaW9uGAEgASgJUgd2ZXJzaW9uEhYKBmNvbW1pdBgCIAEoCVIGY29tbWl0EhIKBGRhdGUYAyABKAlSBGRhdGUS",
  "GAoHcnVudGltZRgEIAEoCVIHcnVudGltZRImCg9zdGFydGVkX3VuaXhfbnMYBSABKANSDXN0YXJ0ZWRVbml4TnMyvAsK",
  "Bk1hZ2xldhJRCg1MaXN0RnJvbnRlbmRzEhwubWFnbGV2Lkxpc3RGcm9udGVuZHNSZXF1ZXN0Gh0ubWFnbGV2Lkxpc3RG",
  "cm9udGVuZHNSZXNwb25zZSIDkAIBEkQKC0dldEZyb250ZW5kEhoubWFnbGV2LkdldEZyb250ZW5kUmVxdWVzdBoULm1h",
  "Z2xldi5Gcm9udGVuZEluZm8iA5ACARJOCgxMaXN0QmFja2VuZHMSGy5tYWdsZXYuTGlzdEJhY2tlbmRzUmVxdWVzdBoc",
  "Lm1hZ2xldi5MaXN0QmFja2VuZHNSZXNwb25zZSIDkAIBEkEKCkdldEJhY2tlbmQSGS5tYWdsZXYuR2V0QmFja2VuZFJl",
  "cXVlc3QaEy5tYWdsZXYuQmFja2VuZEluZm8iA5ACARI7CgxQYXVzZUJhY2tlbmQSFi5tYWdsZXYuQmFja2VuZFJlcXVl",
  "c3QaEy5tYWdsZXYuQmFja2VuZEluZm8SPAoNUmVzdW1lQmFja2VuZBIWLm1hZ2xldi5CYWNrZW5kUmVxdWVzdBoTLm1h",
  "Z2xldi5CYWNrZW5kSW5mbxI8Cg1FbmFibGVCYWNrZW5kEhYubWFnbGV2LkJhY2tlbmRSZXF1ZXN0GhMubWFnbGV2LkJh",
  "Y2tlbmRJbmZvEj0KDkRpc2FibGVCYWNrZW5kEhYubWFnbGV2LkJhY2tlbmRSZXF1ZXN0GhMubWFnbGV2LkJhY2tlbmRJ",
  "bmZvEloKEExpc3RIZWFsdGhDaGVja3MSHy5tYWdsZXYuTGlzdEhlYWx0aENoZWNrc1JlcXVlc3QaIC5tYWdsZXYuTGlz",
  "dEhlYWx0aENoZWNrc1Jlc3BvbnNlIgOQAgESTQoOR2V0SGVhbHRoQ2hlY2sSHS5tYWdsZXYuR2V0SGVhbHRoQ2hlY2tS",
  "ZXF1ZXN0GhcubWFnbGV2LkhlYWx0aENoZWNrSW5mbyIDkAIBEk4KHFNldEZyb250ZW5kUG9vbEJhY2tlbmRXZWlnaHQS",
  "GC5tYWdsZXYuU2V0V2VpZ2h0UmVxdWVzdBoULm1hZ2xldi5Gcm9udGVuZEluZm8SOQoLV2F0Y2hFdmVudHMSFC5tYWds",
  "ZXYuV2F0Y2hSZXF1ZXN0Gg0ubWFnbGV2LkV2ZW50IgOQAgEwARJLCgtDaGVja0NvbmZpZxIaLm1hZ2xldi5DaGVja0Nv",
  "bmZpZ1JlcXVlc3QaGy5tYWdsZXYuQ2hlY2tDb25maWdSZXNwb25zZSIDkAIBEkkKDFJlbG9hZENvbmZpZxIbLm1hZ2xl",
  "di5SZWxvYWRDb25maWdSZXF1ZXN0GhwubWFnbGV2LlJlbG9hZENvbmZpZ1Jlc3BvbnNlEj0KCkdldFZQUEluZm8SGS5t",
  "YWdsZXYuR2V0VlBQSW5mb1JlcXVlc3QaDy5tYWdsZXYuVlBQSW5mbyIDkAIBEkYKDUdldFZQUExCU3RhdGUSHC5tYWds",
  "ZXYuR2V0VlBQTEJTdGF0ZVJlcXVlc3QaEi5tYWdsZXYuVlBQTEJTdGF0ZSIDkAIBEk8KDlN5bmNWUFBMQlN0YXRlEh0u",
  "bWFnbGV2LlN5bmNWUFBMQlN0YXRlUmVxdWVzdBoeLm1hZ2xldi5TeW5jVlBQTEJTdGF0ZVJlc3BvbnNlEk8KEEdldFZQ",
  "UExCQ291bnRlcnMSHy5tYWdsZXYuR2V0VlBQTEJDb3VudGVyc1JlcXVlc3QaFS5tYWdsZXYuVlBQTEJDb3VudGVycyID",
  "kAIBElQKDlBsYW5WUFBMQlN0YXRlEh0ubWFnbGV2LlBsYW5WUFBMQlN0YXRlUmVxdWVzdBoeLm1hZ2xldi5QbGFuVlBQ",
  "TEJTdGF0ZVJlc3BvbnNlIgOQAgESQQoKR2V0VmVyc2lvbhIZLm1hZ2xldi5HZXRWZXJzaW9uUmVxdWVzdBoTLm1hZ2xl",
  "di5WZXJzaW9uSW5mbyIDkAIBQi5aLGdpdC5pcG5nLmNoL2lwbmcvdnBwLW1hZ2xldi9pbnRlcm5hbC9ncnBjYXBpYgZw",
  "cm90bzM=",
].join("");
