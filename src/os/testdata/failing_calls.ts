/**
 * Calls each function of this room in ways that fail, 1,000 times, and prints how often each failed,
 * and how many descriptors were open afterwards that were not before. Its argument may name a network
 * namespace, in which all may open ping sockets.
 *
 * @module
 */

import { virtualClock } from "../../clock.ts";
import {
  closeDescriptor,
  createSharedMemory,
  enterNetworkNamespace,
  listenSeqpacket,
  mapSharedMemory,
  openIcmpSocket,
  OsError,
  receiveDescriptor,
  sendNotification,
  withNetworkNamespace,
} from "../mod.ts";
import { abandonSocket, startServer } from "./seqpacket_server.ts";

const rounds = 1_000;
const folder = Deno.makeTempDirSync();
const [namespace] = Deno.args;

const clock = virtualClock();
const options = { clock, timeoutMs: 5 };
const memory = createSharedMemory("failing-calls", 4096);
const empty = createSharedMemory("failing-calls", 0);
const silent = startServer(`${folder}/silent`, 4096);
const strange = startServer(`${folder}/strange`);
Deno.writeTextFileSync(`${folder}/file`, "");
abandonSocket(`${folder}/abandoned`);

/** Receives from the strange server while it answers so. */
const receiveStrange = (data: readonly number[], descriptors: readonly number[]) => {
  const received = receiveDescriptor(`${folder}/strange`, options);
  strange.answer(data, descriptors);
  return received;
};

const abort = (path: string) => {
  const controller = new AbortController();
  const received = receiveDescriptor(path, { ...options, signal: controller.signal });
  controller.abort();
  return received;
};

const listen = (path: string) => listenSeqpacket({ path, clock, onConnection: () => {} });

const calls: Record<string, () => unknown> = {
  "receive: nobody there": () => receiveDescriptor(`${folder}/none`, options),
  "receive: refused": () => receiveDescriptor(`${folder}/abandoned`, options),
  "receive: path too long": () => receiveDescriptor("/".repeat(200), options),
  "receive: hung up": () => receiveStrange([], []),
  "receive: data": () => receiveStrange([1], []),
  "receive: too many": () => receiveStrange([], new Array(50).fill(memory)),
  "receive: aborted": () => abort(`${folder}/silent`),
  "receive: no answer": () => receiveDescriptor(`${folder}/silent`, options),
  "listen: no folder": () => listen(`${folder}/none/x`),
  "listen: file": () => listen(`${folder}/file`),
  "listen: busy": () => listen(`${folder}/strange`),
  "listen: path too long": () => listen("/".repeat(200)),
  "memory: size": () => createSharedMemory("failing-calls", -1),
  "memory: name": () => createSharedMemory("x".repeat(300), 1),
  "map: empty": () => mapSharedMemory(empty, "read"),
  "map: no descriptor": () => mapSharedMemory(-1, "read"),
  "namespace: none": () => enterNetworkNamespace("none-such"),
  "namespace: no namespace": () => enterNetworkNamespace("/proc/version"),
  "icmp: identifier": () => openIcmpSocket({ family: 4, kind: "ping", identifier: 0x10000 }),
  "notify: nobody there": () => sendNotification(`${folder}/none`, "READY=1"),
  "notify: not a datagram socket": () => sendNotification(`${folder}/silent`, "READY=1"),
  "notify: path too long": () => sendNotification("/".repeat(200), "READY=1"),
};

if (namespace !== undefined) {
  const open = () => openIcmpSocket({ family: 6, kind: "ping", identifier: 99 });
  withNetworkNamespace(namespace, open);
  calls["icmp: in use"] = () => withNetworkNamespace(namespace, open);
  calls["namespace: failure inside"] = () =>
    withNetworkNamespace(namespace, () => createSharedMemory("failing-calls", -1));
}

async function fails(call: () => unknown): Promise<boolean> {
  try {
    return await call() instanceof OsError;
  } catch {
    return true;
  }
}

const openDescriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;

const report: { name: string; failed: number; leaked: number }[] = [];
for (const [name, call] of Object.entries(calls)) {
  const before = openDescriptors();
  let failed = 0;
  for (let round = 0; round < rounds; round++) {
    const ended = fails(call);
    await clock.advance(10);
    if (await ended) failed++;
  }
  report.push({ name, failed, leaked: openDescriptors() - before });
}

silent.close();
strange.close();
for (const descriptor of [memory, empty]) closeDescriptor(descriptor);
Deno.removeSync(folder, { recursive: true });
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(report)));
