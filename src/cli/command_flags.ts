/**
 * The flags of each command that has any.
 *
 * @module
 */
import type { Flags } from "./flags.ts";

/** Flags that every command takes. */
export const globalFlags = {
  help: { kind: "switch", letter: "h", help: "Show what the command does, and its flags" },
  version: { kind: "switch", help: "Show version, commit and build date" },
} as const satisfies Flags;

/** Where the configuration is. */
const configFlags = {
  config: {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_CONFIG",
    fallback: "/etc/vpp-maglev/maglev.yaml",
    help: "The configuration file",
  },
} as const satisfies Flags;

/** In which form to answer. */
const outputFlags = {
  output: {
    kind: "text",
    letter: "o",
    placeholder: "FORM",
    choices: ["text", "json", "jsonl", "yaml"],
    fallback: "text",
    help: "text for people; json, jsonl or yaml for programs",
  },
} as const satisfies Flags;

/** Where the daemon is, and how to speak with it. */
export const serverFlags = {
  server: {
    kind: "text",
    placeholder: "ADDRESS",
    env: "MAGLEV_SERVER",
    fallback: "localhost:9090",
    help: "Where the daemon serves its API: HOST:PORT or unix:PATH",
  },
  timeout: {
    kind: "text",
    placeholder: "DURATION",
    env: "MAGLEV_TIMEOUT",
    fallback: "5s",
    help: "How long to wait for an answer",
  },
  tls: { kind: "toggle", env: "MAGLEV_TLS", fallback: false, help: "Speak TLS" },
  "tls-ca": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_TLS_CA",
    fallback: "",
    help: "Who signs the daemon's certificate; by default those that the system trusts",
  },
  "tls-cert": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_TLS_CERT",
    fallback: "",
    help: "The certificate to show to the daemon, where it wants one",
  },
  "tls-key": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_TLS_KEY",
    fallback: "",
    help: "The key of that certificate",
  },
  "tls-server-name": {
    kind: "text",
    placeholder: "NAME",
    env: "MAGLEV_TLS_SERVER_NAME",
    fallback: "",
    help: "What the daemon's certificate is for, if not for the host of --server",
  },
} as const satisfies Flags;

/** Where VPP is. */
const vppFlags = {
  "vpp-api-addr": {
    kind: "text",
    placeholder: "PATH",
    env: "MAGLEV_VPP_API_ADDR",
    fallback: "/run/vpp/api.sock",
    help: "The socket of VPP's binary API; for the daemon, nothing means no VPP",
  },
  "vpp-stats-addr": {
    kind: "text",
    placeholder: "PATH",
    env: "MAGLEV_VPP_STATS_ADDR",
    fallback: "/run/vpp/stats.sock",
    help: "The socket of VPP's stats segment",
  },
} as const satisfies Flags;

/** Flags of the daemon. */
export const daemonFlags = {
  ...configFlags,
  ...vppFlags,
  "grpc-addr": {
    kind: "text",
    placeholder: "ADDRESS",
    env: "MAGLEV_GRPC_ADDR",
    fallback: ":9090",
    help:
      "Where to serve the API: HOST:PORT or unix:PATH, several with commas; nothing means nowhere",
  },
  "grpc-read-only": {
    kind: "text",
    placeholder: "ADDRESS",
    env: "MAGLEV_GRPC_READ_ONLY",
    fallback: "",
    help: "Where to serve the API to those who may look and change nothing",
  },
  "grpc-tls-cert": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_GRPC_TLS_CERT",
    fallback: "",
    help: "The API's certificate, in PEM; without one there is no TLS",
  },
  "grpc-tls-key": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_GRPC_TLS_KEY",
    fallback: "",
    help: "The key of that certificate",
  },
  "grpc-tls-client-ca": {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_GRPC_TLS_CLIENT_CA",
    fallback: "",
    help: "Who signs the certificates that clients of the API then must have",
  },
  reflection: {
    kind: "toggle",
    env: "MAGLEV_REFLECTION",
    fallback: true,
    help: "Tell clients what the API consists of",
  },
  "metrics-addr": {
    kind: "text",
    placeholder: "HOST:PORT",
    env: "MAGLEV_METRICS_ADDR",
    fallback: ":9091",
    help: "Where to serve metrics and health over HTTP; nothing means nowhere",
  },
  "log-level": {
    kind: "text",
    placeholder: "LEVEL",
    choices: ["debug", "info", "warn", "error"],
    env: "MAGLEV_LOG_LEVEL",
    fallback: "info",
    help: "debug, info, warn or error",
  },
  "log-format": {
    kind: "text",
    placeholder: "FORMAT",
    choices: ["json", "text"],
    env: "MAGLEV_LOG_FORMAT",
    fallback: "json",
    help: "json, an object a line, or text for people",
  },
  check: { kind: "switch", help: "Check the configuration file, say what is wrong, and exit" },
} as const satisfies Flags;

/** Flags of `debug vpp`. */
export const debugVppFlags = {
  ...vppFlags,
  ...outputFlags,
} as const satisfies Flags;

/** Flags of `probe`. */
export const probeFlags = {
  ...configFlags,
  healthcheck: {
    kind: "text",
    placeholder: "NAME",
    fallback: "",
    help: "The health check to make, in place of the backend's own",
  },
  count: {
    kind: "text",
    letter: "n",
    placeholder: "N",
    fallback: "1",
    help: "How many probes to make, one each fast-interval",
  },
  ...outputFlags,
} as const satisfies Flags;

/** Flags of the simulator. */
export const simFlags = {
  api: {
    kind: "text",
    placeholder: "PATH",
    fallback: "",
    help: "Where to listen for the binary API",
  },
  stats: {
    kind: "text",
    placeholder: "PATH",
    fallback: "",
    help: "Where to hand out the stats segment",
  },
  profile: {
    kind: "text",
    placeholder: "PROFILE",
    choices: ["weighted", "classic"],
    fallback: "weighted",
    help: "weighted, as VPP since 26.10, or classic, as before",
  },
  traffic: {
    kind: "text",
    placeholder: "FLOWS",
    fallback: "0",
    help: "New flows a second that clients offer to each VIP",
  },
} as const satisfies Flags;

/** Flags of the commands that ask the daemon. */
export const clientFlags = {
  ...serverFlags,
  ...outputFlags,
  color: {
    kind: "toggle",
    env: "MAGLEV_COLOR",
    fallback: false,
    help: "Tell good from bad by colour; on in the shell, unless NO_COLOR is set",
  },
} as const satisfies Flags;

/** Flags of the shell: they hold for all of its lines. */
export const shellFlags = {
  ...serverFlags,
  color: { ...clientFlags.color, fallback: true, help: "Tell good from bad by colour" },
  pager: { kind: "switch", help: "Show what is longer than the screen a page at a time" },
} as const satisfies Flags;

/** Flags of the demo. */
export const demoFlags = {
  fast: { kind: "switch", help: "Be done in a few seconds, and end then" },
  color: shellFlags.color,
} as const satisfies Flags;
