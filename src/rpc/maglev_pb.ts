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
}
export const GetBackendRequest: MessageType<GetBackendRequest> = message({
  name: { number: 1, type: "string" },
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

/** One link in the chain of reasons for a backend's weight. */
export interface Reason {
  /** static, probes, counter, override, state, unused, pool, weight or vpp. */
  readonly kind: string;
  /** The frontend that it is about; empty where it is about the backend alone. */
  readonly frontendName: string;
  /** One line for people. */
  readonly text: string;
}
export const Reason: MessageType<Reason> = message({
  kind: { number: 1, type: "string" },
  frontendName: { number: 2, type: "string" },
  text: { number: 3, type: "string" },
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
}
export const CheckConfigResponse: MessageType<CheckConfigResponse> = message({
  ok: { number: 1, type: "bool" },
  parseError: { number: 2, type: "string" },
  semanticError: { number: 3, type: "string" },
  warnings: { number: 100, type: "string", label: "repeated" },
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
}
export const ReloadConfigResponse: MessageType<ReloadConfigResponse> = message({
  ok: { number: 1, type: "bool" },
  parseError: { number: 2, type: "string" },
  semanticError: { number: 3, type: "string" },
  reloadError: { number: 4, type: "string" },
  warnings: { number: 100, type: "string", label: "repeated" },
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

/** The sync is done. */
export type SyncVPPLBStateResponse = Record<string, never>;
export const SyncVPPLBStateResponse: MessageType<SyncVPPLBStateResponse> = message({});

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

/** What a sync would do now, in this order. */
export interface PlanVPPLBStateResponse {
  /** None where VPP is what it should be. */
  readonly actions: readonly PlannedAction[];
}
export const PlanVPPLBStateResponse: MessageType<PlanVPPLBStateResponse> = message({
  actions: { number: 1, type: PlannedAction, label: "repeated" },
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
  "IwoNYmFja2VuZF9uYW1lcxgBIAMoCVIMYmFja2VuZE5hbWVzIicKEUdldEJhY2tlbmRSZXF1ZXN0EhIKBG5hbWUYASAB",
  "KAlSBG5hbWUiJAoOQmFja2VuZFJlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZSLDBAoLQmFja2VuZEluZm8SEgoEbmFt",
  "ZRgBIAEoCVIEbmFtZRIYCgdhZGRyZXNzGAIgASgJUgdhZGRyZXNzEhQKBXN0YXRlGAMgASgJUgVzdGF0ZRI6Cgt0cmFu",
  "c2l0aW9ucxgEIAMoCzIYLm1hZ2xldi5UcmFuc2l0aW9uUmVjb3JkUgt0cmFuc2l0aW9ucxIYCgdlbmFibGVkGAUgASgI",
  "UgdlbmFibGVkEiAKC2hlYWx0aGNoZWNrGAYgASgJUgtoZWFsdGhjaGVjaxIiCg1zaW5jZV91bml4X25zGGQgASgDUgtz",
  "aW5jZVVuaXhOcxItCgdyZXN1bHRzGGUgAygLMhMubWFnbGV2LlByb2JlUmVzdWx0UgdyZXN1bHRzEi8KB2NvdW50ZXIY",
  "ZiABKAsyFS5tYWdsZXYuSGVhbHRoQ291bnRlclIHY291bnRlchIrChJuZXh0X3Byb2JlX3VuaXhfbnMYZyABKANSD25l",
  "eHRQcm9iZVVuaXhOcxIYCgdwcm9iaW5nGGggASgIUgdwcm9iaW5nEigKB3JlYXNvbnMYaSADKAsyDi5tYWdsZXYuUmVh",
  "c29uUgdyZWFzb25zEiUKDmZyb250ZW5kX25hbWVzGGogAygJUg1mcm9udGVuZE5hbWVzEiYKD2VuYWJsZWRfaW5fZmls",
  "ZRhrIAEoCFINZW5hYmxlZEluRmlsZRI0CghvdmVycmlkZRhsIAEoCzIYLm1hZ2xldi5PcGVyYXRvck92ZXJyaWRlUghv",
  "dmVycmlkZSLRAgoLUHJvYmVSZXN1bHQSDgoCb2sYASABKAhSAm9rEhIKBGNvZGUYAiABKAlSBGNvZGUSFgoGZGV0YWls",
  "GAMgASgJUgZkZXRhaWwSJgoPc3RhcnRlZF91bml4X25zGAQgASgDUg1zdGFydGVkVW5peE5zEh8KC2R1cmF0aW9uX25z",
  "GAUgASgDUgpkdXJhdGlvbk5zEiIKCmNvbm5lY3RfbnMYBiABKANIAFIJY29ubmVjdE5ziAEBEhoKBnRsc19ucxgHIAEo",
  "A0gBUgV0bHNOc4gBARInCg1maXJzdF9ieXRlX25zGAggASgDSAJSC2ZpcnN0Qnl0ZU5ziAEBEhwKB2JvZHlfbnMYCSAB",
  "KANIA1IGYm9keU5ziAEBQg0KC19jb25uZWN0X25zQgkKB190bHNfbnNCEAoOX2ZpcnN0X2J5dGVfbnNCCgoIX2JvZHlf",
  "bnMiVAoNSGVhbHRoQ291bnRlchIUCgV2YWx1ZRgBIAEoBVIFdmFsdWUSGAoHbWF4aW11bRgCIAEoBVIHbWF4aW11bRIT",
  "CgV1cF9hdBgDIAEoBVIEdXBBdCJSChBPcGVyYXRvck92ZXJyaWRlEhAKA2FjdBgBIAEoCVIDYWN0Eg4KAmJ5GAIgASgJ",
  "UgJieRIcCgphdF91bml4X25zGAMgASgDUghhdFVuaXhOcyJVCgZSZWFzb24SEgoEa2luZBgBIAEoCVIEa2luZBIjCg1m",
  "cm9udGVuZF9uYW1lGAIgASgJUgxmcm9udGVuZE5hbWUSEgoEdGV4dBgDIAEoCVIEdGV4dCKCAQoQVHJhbnNpdGlvblJl",
  "Y29yZBISCgRmcm9tGAEgASgJUgRmcm9tEg4KAnRvGAIgASgJUgJ0bxIcCgphdF91bml4X25zGAMgASgDUghhdFVuaXhO",
  "cxIUCgVjYXVzZRhkIAEoCVIFY2F1c2USFgoGZGV0YWlsGGUgASgJUgZkZXRhaWwiGQoXTGlzdEhlYWx0aENoZWNrc1Jl",
  "cXVlc3QiMAoYTGlzdEhlYWx0aENoZWNrc1Jlc3BvbnNlEhQKBW5hbWVzGAEgAygJUgVuYW1lcyIrChVHZXRIZWFsdGhD",
  "aGVja1JlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZSKsAwoPSGVhbHRoQ2hlY2tJbmZvEhIKBG5hbWUYASABKAlSBG5h",
  "bWUSEgoEdHlwZRgCIAEoCVIEdHlwZRISCgRwb3J0GAMgASgNUgRwb3J0EiQKDnByb2JlX2lwdjRfc3JjGAQgASgJUgxw",
  "cm9iZUlwdjRTcmMSJAoOcHJvYmVfaXB2Nl9zcmMYBSABKAlSDHByb2JlSXB2NlNyYxIfCgtpbnRlcnZhbF9ucxgGIAEo",
  "A1IKaW50ZXJ2YWxOcxIoChBmYXN0X2ludGVydmFsX25zGAcgASgDUg5mYXN0SW50ZXJ2YWxOcxIoChBkb3duX2ludGVy",
  "dmFsX25zGAggASgDUg5kb3duSW50ZXJ2YWxOcxIdCgp0aW1lb3V0X25zGAkgASgDUgl0aW1lb3V0TnMSEgoEcmlzZRgK",
  "IAEoBVIEcmlzZRISCgRmYWxsGAsgASgFUgRmYWxsEisKBGh0dHAYDCABKAsyFy5tYWdsZXYuSFRUUENoZWNrUGFyYW1z",
  "UgRodHRwEigKA3RjcBgNIAEoCzIWLm1hZ2xldi5UQ1BDaGVja1BhcmFtc1IDdGNwIo0CCg9IVFRQQ2hlY2tQYXJhbXMS",
  "EgoEcGF0aBgBIAEoCVIEcGF0aBISCgRob3N0GAIgASgJUgRob3N0EioKEXJlc3BvbnNlX2NvZGVfbWluGAMgASgFUg9y",
  "ZXNwb25zZUNvZGVNaW4SKgoRcmVzcG9uc2VfY29kZV9tYXgYBCABKAVSD3Jlc3BvbnNlQ29kZU1heBInCg9yZXNwb25z",
  "ZV9yZWdleHAYBSABKAlSDnJlc3BvbnNlUmVnZXhwEh8KC3NlcnZlcl9uYW1lGAYgASgJUgpzZXJ2ZXJOYW1lEjAKFGlu",
  "c2VjdXJlX3NraXBfdmVyaWZ5GAcgASgIUhJpbnNlY3VyZVNraXBWZXJpZnkidQoOVENQQ2hlY2tQYXJhbXMSEAoDc3Ns",
  "GAEgASgIUgNzc2wSHwoLc2VydmVyX25hbWUYAiABKAlSCnNlcnZlck5hbWUSMAoUaW5zZWN1cmVfc2tpcF92ZXJpZnkY",
  "AyABKAhSEmluc2VjdXJlU2tpcFZlcmlmeSJ0ChBTZXRXZWlnaHRSZXF1ZXN0EhoKCGZyb250ZW5kGAEgASgJUghmcm9u",
  "dGVuZBISCgRwb29sGAIgASgJUgRwb29sEhgKB2JhY2tlbmQYAyABKAlSB2JhY2tlbmQSFgoGd2VpZ2h0GAQgASgFUgZ3",
  "ZWlnaHQi0wEKDFdhdGNoUmVxdWVzdBIVCgNsb2cYASABKAhIAFIDbG9niAEBEhsKCWxvZ19sZXZlbBgCIAEoCVIIbG9n",
  "TGV2ZWwSHQoHYmFja2VuZBgDIAEoCEgBUgdiYWNrZW5kiAEBEh8KCGZyb250ZW5kGAQgASgISAJSCGZyb250ZW5kiAEB",
  "EhYKBndlaWdodBhkIAEoCFIGd2VpZ2h0EhYKBnJlbG9hZBhlIAEoCFIGcmVsb2FkQgYKBF9sb2dCCgoIX2JhY2tlbmRC",
  "CwoJX2Zyb250ZW5kIt4CCgVFdmVudBIkCgNsb2cYASABKAsyEC5tYWdsZXYuTG9nRXZlbnRIAFIDbG9nEjAKB2JhY2tl",
  "bmQYAiABKAsyFC5tYWdsZXYuQmFja2VuZEV2ZW50SABSB2JhY2tlbmQSMwoIZnJvbnRlbmQYAyABKAsyFS5tYWdsZXYu",
  "RnJvbnRlbmRFdmVudEgAUghmcm9udGVuZBInCgRsb3N0GGQgASgLMhEubWFnbGV2Lkxvc3RFdmVudEgAUgRsb3N0Ei0K",
  "BndlaWdodBhlIAEoCzITLm1hZ2xldi5XZWlnaHRFdmVudEgAUgZ3ZWlnaHQSLQoGcmVsb2FkGGYgASgLMhMubWFnbGV2",
  "LlJlbG9hZEV2ZW50SABSBnJlbG9hZBIaCghzZXF1ZW5jZRhnIAEoBFIIc2VxdWVuY2USHAoKYXRfdW5peF9ucxhoIAEo",
  "A1IIYXRVbml4TnNCBwoFZXZlbnQidwoITG9nRXZlbnQSHAoKYXRfdW5peF9ucxgBIAEoA1IIYXRVbml4TnMSFAoFbGV2",
  "ZWwYAiABKAlSBWxldmVsEhAKA21zZxgDIAEoCVIDbXNnEiUKBWF0dHJzGAQgAygLMg8ubWFnbGV2LkxvZ0F0dHJSBWF0",
  "dHJzIjEKB0xvZ0F0dHISEAoDa2V5GAEgASgJUgNrZXkSFAoFdmFsdWUYAiABKAlSBXZhbHVlIpIBCgxCYWNrZW5kRXZl",
  "bnQSIQoMYmFja2VuZF9uYW1lGAEgASgJUgtiYWNrZW5kTmFtZRI4Cgp0cmFuc2l0aW9uGAIgASgLMhgubWFnbGV2LlRy",
  "YW5zaXRpb25SZWNvcmRSCnRyYW5zaXRpb24SJQoOZnJvbnRlbmRfbmFtZXMYZCADKAlSDWZyb250ZW5kTmFtZXMibgoN",
  "RnJvbnRlbmRFdmVudBIjCg1mcm9udGVuZF9uYW1lGAEgASgJUgxmcm9udGVuZE5hbWUSOAoKdHJhbnNpdGlvbhgCIAEo",
  "CzIYLm1hZ2xldi5UcmFuc2l0aW9uUmVjb3JkUgp0cmFuc2l0aW9uIiEKCUxvc3RFdmVudBIUCgVjb3VudBgBIAEoBFIF",
  "Y291bnQipgEKC1dlaWdodEV2ZW50EiMKDWZyb250ZW5kX25hbWUYASABKAlSDGZyb250ZW5kTmFtZRIbCglwb29sX25h",
  "bWUYAiABKAlSCHBvb2xOYW1lEiEKDGJhY2tlbmRfbmFtZRgDIAEoCVILYmFja2VuZE5hbWUSEgoEZnJvbRgEIAEoBVIE",
  "ZnJvbRIOCgJ0bxgFIAEoBVICdG8SDgoCYnkYBiABKAlSAmJ5IucBCgtSZWxvYWRFdmVudBI4CgxoZWFsdGhjaGVja3MY",
  "ASABKAsyFC5tYWdsZXYuQ2hhbmdlQ291bnRzUgxoZWFsdGhjaGVja3MSMAoIYmFja2VuZHMYAiABKAsyFC5tYWdsZXYu",
  "Q2hhbmdlQ291bnRzUghiYWNrZW5kcxIyCglmcm9udGVuZHMYAyABKAsyFC5tYWdsZXYuQ2hhbmdlQ291bnRzUglmcm9u",
  "dGVuZHMSGgoIc2V0dGluZ3MYBCABKA1SCHNldHRpbmdzEhwKCXJlc3RhcnRlZBgFIAEoDVIJcmVzdGFydGVkIlgKDENo",
  "YW5nZUNvdW50cxIUCgVhZGRlZBgBIAEoDVIFYWRkZWQSGAoHY2hhbmdlZBgCIAEoDVIHY2hhbmdlZBIYCgdyZW1vdmVk",
  "GAMgASgNUgdyZW1vdmVkIhQKEkNoZWNrQ29uZmlnUmVxdWVzdCKJAQoTQ2hlY2tDb25maWdSZXNwb25zZRIOCgJvaxgB",
  "IAEoCFICb2sSHwoLcGFyc2VfZXJyb3IYAiABKAlSCnBhcnNlRXJyb3ISJQoOc2VtYW50aWNfZXJyb3IYAyABKAlSDXNl",
  "bWFudGljRXJyb3ISGgoId2FybmluZ3MYZCADKAlSCHdhcm5pbmdzIhUKE1JlbG9hZENvbmZpZ1JlcXVlc3QirQEKFFJl",
  "bG9hZENvbmZpZ1Jlc3BvbnNlEg4KAm9rGAEgASgIUgJvaxIfCgtwYXJzZV9lcnJvchgCIAEoCVIKcGFyc2VFcnJvchIl",
  "Cg5zZW1hbnRpY19lcnJvchgDIAEoCVINc2VtYW50aWNFcnJvchIhCgxyZWxvYWRfZXJyb3IYBCABKAlSC3JlbG9hZEVy",
  "cm9yEhoKCHdhcm5pbmdzGGQgAygJUgh3YXJuaW5ncyITChFHZXRWUFBJbmZvUmVxdWVzdCLCAgoHVlBQSW5mbxIYCgd2",
  "ZXJzaW9uGAEgASgJUgd2ZXJzaW9uEh0KCmJ1aWxkX2RhdGUYAiABKAlSCWJ1aWxkRGF0ZRInCg9idWlsZF9kaXJlY3Rv",
  "cnkYAyABKAlSDmJ1aWxkRGlyZWN0b3J5EhAKA3BpZBgEIAEoDVIDcGlkEh8KC2Jvb3R0aW1lX25zGAUgASgDUgpib290",
  "dGltZU5zEiUKDmNvbm5lY3R0aW1lX25zGAYgASgDUg1jb25uZWN0dGltZU5zEhgKB3Byb2ZpbGUYZCABKAlSB3Byb2Zp",
  "bGUSIQoMd2FybXVwX3BoYXNlGGUgASgJUgt3YXJtdXBQaGFzZRIkCg53YXJtdXBfbGVmdF9ucxhmIAEoA1IMd2FybXVw",
  "TGVmdE5zEhgKB21pc3NpbmcYZyADKAlSB21pc3NpbmciFgoUR2V0VlBQTEJTdGF0ZVJlcXVlc3QiWQoKVlBQTEJTdGF0",
  "ZRIlCgRjb25mGAEgASgLMhEubWFnbGV2LlZQUExCQ29uZlIEY29uZhIkCgR2aXBzGAIgAygLMhAubWFnbGV2LlZQUExC",
  "VklQUgR2aXBzIrUBCglWUFBMQkNvbmYSJgoPaXA0X3NyY19hZGRyZXNzGAEgASgJUg1pcDRTcmNBZGRyZXNzEiYKD2lw",
  "Nl9zcmNfYWRkcmVzcxgCIAEoCVINaXA2U3JjQWRkcmVzcxI1ChdzdGlja3lfYnVja2V0c19wZXJfY29yZRgDIAEoDVIU",
  "c3RpY2t5QnVja2V0c1BlckNvcmUSIQoMZmxvd190aW1lb3V0GAQgASgNUgtmbG93VGltZW91dCL6AQoIVlBQTEJWSVAS",
  "FgoGcHJlZml4GAEgASgJUgZwcmVmaXgSGgoIcHJvdG9jb2wYAiABKA1SCHByb3RvY29sEhIKBHBvcnQYAyABKA1SBHBv",
  "cnQSFAoFZW5jYXAYBCABKAlSBWVuY2FwEioKEWZsb3dfdGFibGVfbGVuZ3RoGAUgASgNUg9mbG93VGFibGVMZW5ndGgS",
  "QAoTYXBwbGljYXRpb25fc2VydmVycxgGIAMoCzIPLm1hZ2xldi5WUFBMQkFTUhJhcHBsaWNhdGlvblNlcnZlcnMSIgoN",
  "c3JjX2lwX3N0aWNreRgHIAEoCFILc3JjSXBTdGlja3kivgEKB1ZQUExCQVMSGAoHYWRkcmVzcxgBIAEoCVIHYWRkcmVz",
  "cxIWCgZ3ZWlnaHQYAiABKA1SBndlaWdodBIUCgVmbGFncxgDIAEoDVIFZmxhZ3MSHwoLbnVtX2J1Y2tldHMYBCABKA1S",
  "Cm51bUJ1Y2tldHMSJQoPaW5fdXNlX3NpbmNlX25zGAUgASgDUgxpblVzZVNpbmNlTnMSGQoFZmxvd3MYZCABKARIAFIF",
  "Zmxvd3OIAQFCCAoGX2Zsb3dzIlMKFVN5bmNWUFBMQlN0YXRlUmVxdWVzdBIoCg1mcm9udGVuZF9uYW1lGAEgASgJSABS",
  "DGZyb250ZW5kTmFtZYgBAUIQCg5fZnJvbnRlbmRfbmFtZSIYChZTeW5jVlBQTEJTdGF0ZVJlc3BvbnNlIhkKF0dldFZQ",
  "UExCQ291bnRlcnNSZXF1ZXN0IsMBCg1WUFBMQkNvdW50ZXJzEiwKBHZpcHMYASADKAsyGC5tYWdsZXYuVlBQTEJWSVBD",
  "b3VudGVyc1IEdmlwcxJIChNhcHBsaWNhdGlvbl9zZXJ2ZXJzGGQgAygLMhcubWFnbGV2LlZQUExCQVNDb3VudGVyc1IS",
  "YXBwbGljYXRpb25TZXJ2ZXJzEhwKCXVubWF0Y2hlZBhlIAEoBFIJdW5tYXRjaGVkEhwKCmF0X3VuaXhfbnMYZiABKANS",
  "CGF0VW5peE5zIu8BChBWUFBMQlZJUENvdW50ZXJzEhYKBnByZWZpeBgBIAEoCVIGcHJlZml4EhoKCHByb3RvY29sGAIg",
  "ASgNUghwcm90b2NvbBISCgRwb3J0GAMgASgNUgRwb3J0EhIKBG5leHQYBCABKARSBG5leHQSFAoFZmlyc3QYBSABKARS",
  "BWZpcnN0EhwKCXVudHJhY2tlZBgGIAEoBFIJdW50cmFja2VkEhsKCW5vX3NlcnZlchgHIAEoBFIIbm9TZXJ2ZXISGAoH",
  "cGFja2V0cxgIIAEoBFIHcGFja2V0cxIUCgVieXRlcxgJIAEoBFIFYnl0ZXMiWwoPVlBQTEJBU0NvdW50ZXJzEhgKB2Fk",
  "ZHJlc3MYASABKAlSB2FkZHJlc3MSGAoHcGFja2V0cxgCIAEoBFIHcGFja2V0cxIUCgVieXRlcxgDIAEoBFIFYnl0ZXMi",
  "UwoVUGxhblZQUExCU3RhdGVSZXF1ZXN0EigKDWZyb250ZW5kX25hbWUYASABKAlIAFIMZnJvbnRlbmROYW1liAEBQhAK",
  "Dl9mcm9udGVuZF9uYW1lIkkKFlBsYW5WUFBMQlN0YXRlUmVzcG9uc2USLwoHYWN0aW9ucxgBIAMoCzIVLm1hZ2xldi5Q",
  "bGFubmVkQWN0aW9uUgdhY3Rpb25zItsCCg1QbGFubmVkQWN0aW9uEhIKBGtpbmQYASABKAlSBGtpbmQSIwoNZnJvbnRl",
  "bmRfbmFtZRgCIAEoCVIMZnJvbnRlbmROYW1lEhYKBnByZWZpeBgDIAEoCVIGcHJlZml4EhoKCHByb3RvY29sGAQgASgN",
  "Ughwcm90b2NvbBISCgRwb3J0GAUgASgNUgRwb3J0EhgKB2FkZHJlc3MYBiABKAlSB2FkZHJlc3MSIQoMYmFja2VuZF9u",
  "YW1lGAcgASgJUgtiYWNrZW5kTmFtZRIkCgtmcm9tX3dlaWdodBgIIAEoDUgAUgpmcm9tV2VpZ2h0iAEBEiAKCXRvX3dl",
  "aWdodBgJIAEoDUgBUgh0b1dlaWdodIgBARIUCgVmbHVzaBgKIAEoCFIFZmx1c2gSEAoDd2h5GAsgASgJUgN3aHlCDgoM",
  "X2Zyb21fd2VpZ2h0QgwKCl90b193ZWlnaHQy+QoKBk1hZ2xldhJRCg1MaXN0RnJvbnRlbmRzEhwubWFnbGV2Lkxpc3RG",
  "cm9udGVuZHNSZXF1ZXN0Gh0ubWFnbGV2Lkxpc3RGcm9udGVuZHNSZXNwb25zZSIDkAIBEkQKC0dldEZyb250ZW5kEhou",
  "bWFnbGV2LkdldEZyb250ZW5kUmVxdWVzdBoULm1hZ2xldi5Gcm9udGVuZEluZm8iA5ACARJOCgxMaXN0QmFja2VuZHMS",
  "Gy5tYWdsZXYuTGlzdEJhY2tlbmRzUmVxdWVzdBocLm1hZ2xldi5MaXN0QmFja2VuZHNSZXNwb25zZSIDkAIBEkEKCkdl",
  "dEJhY2tlbmQSGS5tYWdsZXYuR2V0QmFja2VuZFJlcXVlc3QaEy5tYWdsZXYuQmFja2VuZEluZm8iA5ACARI7CgxQYXVz",
  "ZUJhY2tlbmQSFi5tYWdsZXYuQmFja2VuZFJlcXVlc3QaEy5tYWdsZXYuQmFja2VuZEluZm8SPAoNUmVzdW1lQmFja2Vu",
  "ZBIWLm1hZ2xldi5CYWNrZW5kUmVxdWVzdBoTLm1hZ2xldi5CYWNrZW5kSW5mbxI8Cg1FbmFibGVCYWNrZW5kEhYubWFn",
  "bGV2LkJhY2tlbmRSZXF1ZXN0GhMubWFnbGV2LkJhY2tlbmRJbmZvEj0KDkRpc2FibGVCYWNrZW5kEhYubWFnbGV2LkJh",
  "Y2tlbmRSZXF1ZXN0GhMubWFnbGV2LkJhY2tlbmRJbmZvEloKEExpc3RIZWFsdGhDaGVja3MSHy5tYWdsZXYuTGlzdEhl",
  "YWx0aENoZWNrc1JlcXVlc3QaIC5tYWdsZXYuTGlzdEhlYWx0aENoZWNrc1Jlc3BvbnNlIgOQAgESTQoOR2V0SGVhbHRo",
  "Q2hlY2sSHS5tYWdsZXYuR2V0SGVhbHRoQ2hlY2tSZXF1ZXN0GhcubWFnbGV2LkhlYWx0aENoZWNrSW5mbyIDkAIBEk4K",
  "HFNldEZyb250ZW5kUG9vbEJhY2tlbmRXZWlnaHQSGC5tYWdsZXYuU2V0V2VpZ2h0UmVxdWVzdBoULm1hZ2xldi5Gcm9u",
  "dGVuZEluZm8SOQoLV2F0Y2hFdmVudHMSFC5tYWdsZXYuV2F0Y2hSZXF1ZXN0Gg0ubWFnbGV2LkV2ZW50IgOQAgEwARJL",
  "CgtDaGVja0NvbmZpZxIaLm1hZ2xldi5DaGVja0NvbmZpZ1JlcXVlc3QaGy5tYWdsZXYuQ2hlY2tDb25maWdSZXNwb25z",
  "ZSIDkAIBEkkKDFJlbG9hZENvbmZpZxIbLm1hZ2xldi5SZWxvYWRDb25maWdSZXF1ZXN0GhwubWFnbGV2LlJlbG9hZENv",
  "bmZpZ1Jlc3BvbnNlEj0KCkdldFZQUEluZm8SGS5tYWdsZXYuR2V0VlBQSW5mb1JlcXVlc3QaDy5tYWdsZXYuVlBQSW5m",
  "byIDkAIBEkYKDUdldFZQUExCU3RhdGUSHC5tYWdsZXYuR2V0VlBQTEJTdGF0ZVJlcXVlc3QaEi5tYWdsZXYuVlBQTEJT",
  "dGF0ZSIDkAIBEk8KDlN5bmNWUFBMQlN0YXRlEh0ubWFnbGV2LlN5bmNWUFBMQlN0YXRlUmVxdWVzdBoeLm1hZ2xldi5T",
  "eW5jVlBQTEJTdGF0ZVJlc3BvbnNlEk8KEEdldFZQUExCQ291bnRlcnMSHy5tYWdsZXYuR2V0VlBQTEJDb3VudGVyc1Jl",
  "cXVlc3QaFS5tYWdsZXYuVlBQTEJDb3VudGVycyIDkAIBElQKDlBsYW5WUFBMQlN0YXRlEh0ubWFnbGV2LlBsYW5WUFBM",
  "QlN0YXRlUmVxdWVzdBoeLm1hZ2xldi5QbGFuVlBQTEJTdGF0ZVJlc3BvbnNlIgOQAgFCLlosZ2l0LmlwbmcuY2gvaXBu",
  "Zy92cHAtbWFnbGV2L2ludGVybmFsL2dycGNhcGliBnByb3RvMw==",
].join("");
