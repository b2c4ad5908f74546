/**
 * What dpkg is told about the package.
 *
 * @module
 */

import type { MachineName } from "./pack.ts";

/** Debian's names of the machines. */
export const architectures: Readonly<Record<MachineName, string>> = {
  "x86_64": "amd64",
  aarch64: "arm64",
};

/** What is said about the package. */
export interface ControlOptions {
  readonly version: string;
  readonly maintainer: string;
  readonly architecture: string;
  /** What it takes on the disk. */
  readonly bytes: number;
}

/** The file `control`. */
export function control({ version, maintainer, architecture, bytes }: ControlOptions): string {
  return [
    "Package: maglev",
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    // What the stock runtime is linked with.
    "Depends: libc6 (>= 2.27), libgcc-s1, passwd",
    // They have the same configuration file, and two programs that write to one VPP undo each other's work.
    "Conflicts: vpp-maglev, vpp-maglevd",
    "Recommends: ca-certificates",
    "Suggests: vpp, bash-completion",
    "Section: net",
    "Priority: optional",
    "Description: control plane of VPP's Maglev load balancer",
    " VPP's lb plugin spreads packets over servers at line rate, and knows nothing of",
    " their health. This daemon checks the servers by ICMP, TCP, HTTP and HTTPS,",
    " decides who serves, programs VPP, and tells the operator what is so and why.",
    " .",
    " The same executable is its command line, with completion in bash, zsh and fish.",
    "",
  ].join("\n");
}
