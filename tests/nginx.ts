/**
 * Debian's nginx, where it is installed: the server that most probes will meet.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import { certificateFiles, type CertificateName } from "./certificates.ts";
import type { TestPort } from "./probed_server.ts";

/** An nginx that runs. */
export interface RunningNginx extends TestPort {
  /**
   * The requests, a line each, in the format that nginx calls `combined`. Waits for the first `count`,
   * because nginx logs a request after its answer.
   */
  requests(count: number): Promise<string[]>;
}

/** Options of {@link startNginx}. */
export interface NginxOptions {
  /** What its `server` block says besides where to listen, such as `return 200 "ok";`. */
  readonly server: string;
  /** Where to listen. Default: 127.0.0.1. */
  readonly address?: string;
  /** Speaks TLS with this certificate. Default: no TLS. */
  readonly certificate?: CertificateName | undefined;
}

/** The executable; undefined where there is none, so that a test can be ignored. */
export const nginxProgram: string | undefined = isFile("/usr/sbin/nginx")
  ? "/usr/sbin/nginx"
  : undefined;

/** Somebody else may take a port before nginx does. */
const MOST_STARTS = 5;

/** What nginx has not done after so much it never will. */
const TIMEOUT_MS = 5_000;

/** Starts nginx in a folder of its own, as the user that runs the test; undefined where there is none. */
export async function startNginx(options: NginxOptions): Promise<RunningNginx | undefined> {
  if (nginxProgram === undefined) return undefined;
  const { address = "127.0.0.1" } = options;
  const folder = await Deno.makeTempDir({ prefix: "maglev-nginx-" });
  for (let starts = 1;; starts++) {
    const port = freePort(address);
    await Deno.writeTextFile(`${folder}/nginx.conf`, configuration(options, address, port));
    const child = spawn(nginxProgram, folder);
    if (await child.hasBegun()) return { address, port, ...running(child, folder) };
    const errors = await child.kill();
    if (errors.includes("Address already in use") && starts < MOST_STARTS) continue;
    await Deno.remove(folder, { recursive: true });
    throw new Error(`nginx does not start: ${errors}`);
  }
}

function running(child: Nginx, folder: string): Omit<RunningNginx, "address" | "port"> {
  const end = async () => {
    await child.kill();
    await Deno.remove(folder, { recursive: true });
  };
  let ended: Promise<void> | undefined;
  const close = () => ended ??= end();
  const read = () => Deno.readTextFileSync(`${folder}/access.log`).split("\n").slice(0, -1);
  const requests = async (count: number) => {
    if (await soon(() => read().length >= count)) return read();
    throw new Error(`nginx has logged fewer than ${count} requests`);
  };
  return { requests, close, [Symbol.asyncDispose]: close };
}

function freePort(hostname: string): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

/** All that nginx writes goes to its folder, which paths are relative to. */
function configuration(options: NginxOptions, address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  const { certPath, keyPath } = certificateFiles(options.certificate ?? "ok");
  return `
    daemon off;
    master_process off;
    pid pid;
    error_log stderr;
    events {}
    http {
      access_log access.log;
      client_body_temp_path client-bodies;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      ssl_certificate ${certPath};
      ssl_certificate_key ${keyPath};
      server {
        listen ${host}:${port} ${options.certificate === undefined ? "" : "ssl"};
        ${options.server}
      }
    }
  `;
}

/** The process. */
interface Nginx {
  /** Waits until it listens or has ended. */
  readonly hasBegun: () => Promise<boolean>;
  /** Ends it, and returns what it wrote to stderr. Harmless a second time. */
  readonly kill: () => Promise<string>;
}

function spawn(program: string, folder: string): Nginx {
  const child = new Deno.Command(program, {
    args: ["-p", folder, "-c", "nginx.conf"],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const errors = child.stderr.text();
  let hasEnded = false;
  const ended = child.status.then(() => hasEnded = true);
  const hasBegun = async () => {
    // It listens first, and then writes this file.
    return await soon(() => hasEnded || isFile(`${folder}/pid`)) && !hasEnded;
  };
  const kill = async () => {
    if (!hasEnded) child.kill("SIGKILL");
    await ended;
    return await errors;
  };
  return { hasBegun, kill };
}

async function soon(isTrue: () => boolean): Promise<boolean> {
  const deadlineMs = systemClock.monotonic() + TIMEOUT_MS;
  while (!isTrue()) {
    if (systemClock.monotonic() > deadlineMs) return false;
    await systemClock.sleep(2);
  }
  return true;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
