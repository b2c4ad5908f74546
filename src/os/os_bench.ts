/**
 * What calls of the C library cost. Those for ICMP and namespaces need root.
 *
 * @module
 */

import { closeDescriptor, isReadable, openSocket } from "./descriptor.ts";
import { openIcmpSocket } from "./icmp_socket.ts";
import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_SEQPACKET } from "./layout.ts";
import { lastError, libc } from "./libc.ts";
import { withNetworkNamespace } from "./network_namespace.ts";
import { createSharedMemory, mapSharedMemory } from "./shared_memory.ts";

Deno.bench("a call that fails at once", () => {
  libc().close(-1);
});

Deno.bench("its error as a value", () => {
  libc().close(-1);
  lastError("close", "");
});

const idle = openSocket({ family: AF_UNIX, type: SOCK_SEQPACKET }, "");
Deno.bench("asking whether a socket is readable", () => {
  isReadable(idle);
});

Deno.bench("opening and closing a socket", () => {
  closeDescriptor(openSocket({ family: AF_INET, type: SOCK_DGRAM }, ""));
});

const memory = createSharedMemory("bench", 32 << 20);
Deno.bench("mapping 32 MiB and unmapping", () => {
  mapSharedMemory(memory, "read").unmap();
});

const needsRoot = { ignore: Deno.uid() !== 0 };
const payload = new Uint8Array(56);

for (
  const [family, destination] of [[4, [127, 0, 0, 1]], [6, [...Array(15).fill(0), 1]]] as const
) {
  const open = () => openIcmpSocket({ family, kind: "raw", identifier: 0xfeed });
  const request = { destination: Uint8Array.from(destination), sequence: 1, payload };

  Deno.bench(
    `IPv${family}: sending 64 requests, which the kernel answers`,
    needsRoot,
    (bench) => {
      const socket = open();
      bench.start();
      for (let count = 0; count < 64; count++) socket.send(request);
      bench.end();
      socket.close();
    },
  );

  Deno.bench(`IPv${family}: receiving 64 replies`, needsRoot, (bench) => {
    const socket = open();
    for (let count = 0; count < 64; count++) socket.send(request);
    bench.start();
    socket.receive();
    bench.end();
    socket.close();
  });
}

Deno.bench("a socket in another network namespace", needsRoot, () => {
  const open = () => openSocket({ family: AF_INET, type: SOCK_DGRAM }, "");
  closeDescriptor(withNetworkNamespace("/proc/self/ns/net", open));
});
