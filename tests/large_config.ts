/**
 * A configuration file of any size, as a large operator would have it.
 *
 * @module
 */

/** How large. */
export interface LargeConfigOptions {
  readonly backends: number;
  readonly frontends: number;
  /** Of each frontend, in two pools. */
  readonly backendsPerFrontend: number;
}

/** Writes the file's text. Frontends share backends where there are fewer than they need. */
export function largeConfig(options: LargeConfigOptions): string {
  const { backends, frontends, backendsPerFrontend } = options;
  const lines = ["maglev:", "  healthchecks:"];
  const checks = 20;
  for (let check = 0; check < checks; check++) {
    lines.push(
      `    check${check}:`,
      "      type: http",
      "      port: 8080",
      `      params: { path: /healthz/${check}, host: www${check}.example.net, response-code: 200-204 }`,
      "      interval: 5s",
      "      fast-interval: 1s",
    );
  }
  lines.push("  backends:");
  for (let backend = 0; backend < backends; backend++) {
    const address = `10.${backend >> 14}.${(backend >> 7) & 127}.${(backend & 127) + 1}`;
    lines.push(`    web${backend}: { address: ${address}, healthcheck: check${backend % checks} }`);
  }
  lines.push("  frontends:");
  for (let frontend = 0; frontend < frontends; frontend++) {
    lines.push(
      `    www${frontend}:`,
      `      description: service number ${frontend}`,
      `      address: 198.${18 + (frontend >> 14)}.${(frontend >> 7) & 127}.${
        (frontend & 127) + 1
      }`,
      "      protocol: tcp",
      "      port: 443",
      "      flow-table-length: 4096",
      "      pools:",
    );
    const half = Math.ceil(backendsPerFrontend / 2);
    for (const [name, from, to] of [["primary", 0, half], ["spare", half, backendsPerFrontend]]) {
      lines.push(`        - name: ${name}`, "          backends:");
      for (let member = Number(from); member < Number(to); member++) {
        const backend = (frontend * backendsPerFrontend + member) % backends;
        lines.push(`            web${backend}: { weight: ${member % 2 === 0 ? 100 : 50} }`);
      }
    }
  }
  lines.push(
    "  vpp:",
    "    lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 }",
  );
  return lines.join("\n") + "\n";
}
