/**
 * The files that the daemon of a soak has, one after another.
 *
 * @module
 */

/** What a file is about. */
export interface SoakSite {
  readonly backends: number;
  readonly frontends: number;
  /** Where the servers are that are probed over HTTP, and those over TCP. */
  readonly ports: { readonly http: number; readonly tcp: number };
  readonly probeMs: number;
}

/** The file that it begins with; one with fewer backends, other weights and a changed health check; or one to refuse. */
export type SoakVersion = "first" | "second" | "wrong";

/** How long a probe may take. */
export const probeTimeoutMs = 800;

const membersPerFrontend = 10;
const membersOfPrimary = 7;
const httpChecks = 9;

/** The loopback address of a backend. */
export function backendAddress(index: number): string {
  return `127.${1 + Math.floor(index / 50_000)}.${Math.floor(index / 200) % 250}.${
    1 + index % 200
  }`;
}

/** Whether a backend is probed over TCP; the others are over HTTP. */
export function isTcp(index: number): boolean {
  return index % 10 === 9;
}

/** Whether it is in every file, so that an operator may count on it. */
export const isLasting = {
  backend: (index: number): boolean => index % 50 !== 3,
  frontend: (index: number): boolean => index % 20 !== 1,
} as const;

/** The members of a frontend, by their numbers. */
export function membersOf(frontend: number, { backends }: Pick<SoakSite, "backends">): number[] {
  return Array.from(
    { length: membersPerFrontend },
    (_, index) => (frontend * membersPerFrontend + index) % backends,
  );
}

/** The pool of a frontend that its member is in. */
export function poolOf(member: number): "primary" | "spare" {
  return member < membersOfPrimary ? "primary" : "spare";
}

/** Writes a file. */
export function soakConfiguration(site: SoakSite, version: SoakVersion): string {
  const { ports, probeMs } = site;
  const isFirst = version === "first";
  const times =
    `interval: ${probeMs}ms, fast-interval: 1s, timeout: ${probeTimeoutMs}ms, rise: 2, fall: 2`;
  const lines = ["maglev:", "  healthchecks:"];
  for (let check = 0; check < httpChecks; check++) {
    const path = check === 3 && !isFirst ? "/changed" : `/healthz/${check}`;
    lines.push(
      `    http${check}: { type: http, port: ${ports.http}, ${times}, params: { path: ${path} } }`,
    );
  }
  lines.push(`    tcp: { type: tcp, port: ${ports.tcp}, ${times} }`, "  backends:");
  const isThere = (backend: number) => isFirst || isLasting.backend(backend);
  for (let backend = 0; backend < site.backends; backend++) {
    if (!isThere(backend)) continue;
    const check = isTcp(backend) ? "tcp" : `http${backend % httpChecks}`;
    lines.push(`    b${backend}: { address: ${backendAddress(backend)}, healthcheck: ${check} }`);
  }
  lines.push("  frontends:");
  for (let frontend = 0; frontend < site.frontends; frontend++) {
    if (isFirst || isLasting.frontend(frontend)) {
      lines.push(...frontendLines(frontend, site, { isThere, lowerWeight: isFirst ? 50 : 20 }));
    }
  }
  if (version === "wrong") lines.push(...wrongFrontend);
  lines.push(
    "  vpp:",
    "    lb:",
    "      ipv4-src-address: 192.0.2.10",
    "      ipv6-src-address: 2001:db8::10",
    "      startup-min-delay: 0s",
    "      startup-max-delay: 5s",
  );
  return `${lines.join("\n")}\n`;
}

const wrongFrontend: readonly string[] = [
  "    wrong:",
  "      address: 198.51.100.1",
  "      pools: [{ name: primary, backends: { nobody: {} } }]",
];

function frontendLines(
  frontend: number,
  site: SoakSite,
  { isThere, lowerWeight }: { isThere: (backend: number) => boolean; lowerWeight: number },
): string[] {
  const address = `198.18.${Math.floor(frontend / 200)}.${1 + frontend % 200}`;
  const lines = [
    `    f${frontend}:`,
    `      { address: ${address}, protocol: tcp, port: 443, flow-table-length: 4096, pools: [`,
  ];
  const members = membersOf(frontend, site);
  for (const pool of ["primary", "spare"] as const) {
    const those = members.flatMap((backend, index) =>
      poolOf(index) === pool && isThere(backend)
        ? [`b${backend}: { weight: ${index % 2 === 0 ? 100 : lowerWeight} }`]
        : []
    );
    lines.push(`        { name: ${pool}, backends: { ${those.join(", ")} } },`);
  }
  lines.push("      ] }");
  return lines;
}
