/**
 * What Linux offers and the runtime does not: sockets that pass descriptors, shared memory, ICMP,
 * network namespaces, and TCP at a lower price. The only room that calls the C library, which it loads on first use.
 *
 * A descriptor is a number that stands for an open file; whoever gets one closes it. Opening throws an
 * {@link OsError} when it fails, and closes what it had opened; sending returns one.
 *
 * @module
 */

export { closeDescriptor } from "./descriptor.ts";
export {
  type EchoReply,
  type EchoRequest,
  type IcmpSocket,
  type IcmpSocketOptions,
  largestEchoPayloadBytes,
  openIcmpSocket,
} from "./icmp_socket.ts";
export { LibcError } from "./libc.ts";
export { monotonicMicroseconds } from "./monotonic_time.ts";
export {
  enterNetworkNamespace,
  NamespaceLostError,
  networkNamespaceIdentity,
  type NetworkNamespaceVisit,
  withNetworkNamespace,
} from "./network_namespace.ts";
export { sendNotification } from "./notify_socket.ts";
export { countOpenDescriptors } from "./open_descriptors.ts";
export { OsError } from "./os_error.ts";
export { ignoreInspectorSignal } from "./inspector_signal.ts";
export { openPoller, type Poller, type Readiness, type Watch } from "./poller.ts";
export { createSharedMemory, type Mapping, mapSharedMemory } from "./shared_memory.ts";
export {
  connectionError,
  receiveBytes,
  sendBytes,
  startTcpConnection,
  type TcpEndpoint,
  tcpEndpoint,
} from "./tcp_socket.ts";
export {
  DescriptorError,
  receiveDescriptor,
  type ReceiveDescriptorOptions,
} from "./unix_seqpacket.ts";
export {
  listenSeqpacket,
  type SeqpacketConnection,
  type SeqpacketListener,
  type SeqpacketListenerOptions,
} from "./unix_seqpacket_listener.ts";
export { longestUnixPath } from "./unix_address.ts";
