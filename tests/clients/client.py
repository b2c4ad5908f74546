"""A client of the control API on grpcio: `python3 -I client.py TARGET COMMAND [OPTIONS]`.

It prints a JSON object a line for everything that it observes, and judges nothing.
"""

import argparse
import json
import os
import queue
import sys
import threading
import time
from collections import Counter
from random import Random

import grpc

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from messages import UNARY, message_type, to_data, unknown_numbers  # noqa: E402
from google.protobuf import descriptor_pb2, descriptor_pool  # noqa: E402

MAGLEV = "maglev.Maglev"
lock = threading.Lock()


def say(**observation):
    with lock:
        print(json.dumps(observation), flush=True)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def open_channel(args, **options):
    all_options = {f"grpc.{name}": value for name, value in options.items()}
    # Channels with the same options would share one connection.
    all_options["grpc.use_local_subchannel_pool"] = 1
    all_options["grpc.enable_http_proxy"] = 0
    if args.server_name:
        all_options["grpc.ssl_target_name_override"] = args.server_name
    pairs = list(all_options.items())
    if not args.ca:
        return grpc.insecure_channel(args.target, pairs)
    files = [read(path) if path else None for path in (args.ca, args.key, args.cert)]
    return grpc.secure_channel(args.target, grpc.ssl_channel_credentials(*files), pairs)


def stub(channel, service, rpc, request, response, kind="unary_unary"):
    """The request's package is the service's."""
    package = service.rpartition(".")[0]
    return getattr(channel, kind)(
        f"/{service}/{rpc}",
        request_serializer=message_type(f"{package}.{request}").SerializeToString,
        response_deserializer=message_type(f"{package}.{response}").FromString,
    )


def call(channel, rpc, fields, **options):
    """Makes one unary call, and says what came of it."""
    request, response = UNARY[rpc]
    start = time.monotonic()
    observed = {"rpc": rpc, "code": "OK", "message": ""}
    try:
        made = message_type(f"maglev.{request}")(**fields)
        reply = stub(channel, MAGLEV, rpc, request, response)(made, **{"timeout": 10, **options})
        observed.update(reply=to_data(reply), unknown=unknown_numbers(reply))
    except grpc.RpcError as error:
        observed.update(code=error.code().name, message=error.details())
    say(**observed, ms=round((time.monotonic() - start) * 1000, 1))


def watch(channel, timeout, fields=None):
    request = message_type("maglev.WatchRequest")(**(fields or {}))
    make = stub(channel, MAGLEV, "WatchEvents", "WatchRequest", "Event", "unary_stream")
    return make(request, timeout=timeout)


def say_end(stream, start, error=None, **more):
    """Says how a stream ended."""
    end = error or stream
    elapsed = round((time.monotonic() - start) * 1000, 1)
    say(end=end.code().name, message=end.details(), ms=elapsed, **more)


def run_call(args):
    with open_channel(args) as channel:
        for _ in range(args.count):
            call(channel, args.rpc, json.loads(args.request))


def run_unary(args):
    """Every RPC once, what changes something so that all is as before."""
    backend, frontend = {"name": args.backend}, {"name": args.frontend}
    weight = {"frontend": args.frontend, "pool": args.pool, "backend": args.backend, "weight": 42}
    requests = {
        "GetFrontend": frontend,
        "GetBackend": backend,
        "PauseBackend": backend,
        "ResumeBackend": backend,
        "DisableBackend": backend,
        "EnableBackend": backend,
        "GetHealthCheck": {"name": args.healthcheck},
        "SetFrontendPoolBackendWeight": weight,
    }
    order = [*[rpc for rpc in UNARY if rpc not in requests], *requests]
    with open_channel(args) as channel:
        for rpc in order:
            call(channel, rpc, requests.get(rpc, {}))


def run_errors(args):
    """What must be refused."""
    weight = {"frontend": args.frontend, "pool": args.pool, "backend": args.backend}
    wrong = [
        ("GetFrontend", {"name": f"{args.frontend}w"}),
        ("GetFrontend", {}),
        ("GetBackend", {"name": f"{args.backend}0"}),
        ("GetHealthCheck", {"name": f"{args.healthcheck}b"}),
        ("PauseBackend", {"name": "no-such"}),
        ("SetFrontendPoolBackendWeight", {**weight, "weight": 101}),
        ("SetFrontendPoolBackendWeight", {**weight, "weight": -1}),
        ("SetFrontendPoolBackendWeight", {**weight, "pool": "no-such", "weight": 1}),
        ("GetBackend", {"name": "name with \u00fcmlaut, 100 %, and\nlines"}),
    ]
    with open_channel(args) as channel:
        for rpc, fields in wrong:
            call(channel, rpc, fields)
        for path in ("/maglev.Maglev/NoSuch", "/no.Such/GetFrontend"):
            say_raw(channel, path, b"")
        say_raw(channel, "/maglev.Maglev/GetBackend", b"\xff\xff\xff")


def say_raw(channel, path, request):
    try:
        channel.unary_unary(path)(request, timeout=10)
        say(path=path, code="OK", message="")
    except grpc.RpcError as error:
        say(path=path, code=error.code().name, message=error.details())


def run_watch(args):
    """Events until there were enough, or the server or the deadline ends the stream."""
    start = time.monotonic()
    with open_channel(args) as channel:
        stream = watch(channel, args.seconds, json.loads(args.request))
        seen = 0
        try:
            for event in stream:
                seen += 1
                say(event=to_data(event), unknown=unknown_numbers(event))
                if seen == args.count:
                    stream.cancel()
        except grpc.RpcError as error:
            say_end(stream, start, error, seen=seen)
        else:
            say_end(stream, start, seen=seen)


def run_deadline(args):
    """A stream with a deadline, on both sides of which nothing happens."""
    start = time.monotonic()
    with open_channel(args) as channel:
        stream = watch(channel, args.seconds)
        try:
            events = sum(1 for _ in stream)
        except grpc.RpcError as error:
            say_end(stream, start, error)
        else:
            say_end(stream, start, seen=events)
        call(channel, "ListBackends", {})


def run_cancel(args):
    """Streams that are cancelled after their first event, on one connection."""
    with open_channel(args) as channel:
        for _ in range(args.count):
            start = time.monotonic()
            stream = watch(channel, args.seconds)
            try:
                next(stream)
                stream.cancel()
                for _ in stream:
                    pass
            except grpc.RpcError as error:
                say_end(stream, start, error)
        call(channel, "ListBackends", {})


def run_limit(args):
    """A reply over the client's own limit, and the same connection afterwards."""
    with open_channel(args, max_receive_message_length=4) as channel:
        for _ in range(args.count):
            call(channel, "GetBackend", {"name": args.backend})
        call(channel, "SyncVPPLBState", {})
    with open_channel(args) as channel:
        call(channel, "GetBackend", {"name": args.backend})


def run_metadata(args):
    """Requests with as much metadata as asked for."""
    with open_channel(args, max_metadata_size=1 << 20) as channel:
        call(channel, "ListBackends", {}, metadata=[("x-large", "m" * args.bytes)])
        many = [(f"x-key-{number}", "v" * 20) for number in range(args.bytes // 60)]
        call(channel, "ListBackends", {}, metadata=[*many, ("x-bytes-bin", b"\x00\xff\n")])
        call(channel, "ListBackends", {})


def run_large(args):
    """A request of about as many bytes as asked for."""
    with open_channel(args, max_send_message_length=1 << 26) as channel:
        call(channel, "GetBackend", {"name": "n" * args.bytes})
        call(channel, "ListBackends", {})


def stress_scenes(args):
    """What a client does on a channel of its own, and how its calls may end."""

    def reply(channel, rpc="GetBackend", name=args.backend):
        request, response = UNARY[rpc]
        method = stub(channel, MAGLEV, rpc, request, response)
        return method.future(message_type(f"maglev.{request}")(name=name), timeout=30)

    def unary(channel, random):
        return [reply(channel) for _ in range(random.randint(1, 20))]

    def cancelled(channel, random):
        streams = [watch(channel, 30) for _ in range(random.randint(1, 4))]
        for stream in streams:
            if random.random() < 0.5:
                next(stream)
            stream.cancel()
        return streams

    def closed(channel, random):
        streams = [watch(channel, 30) for _ in range(random.randint(1, 4))]
        if random.random() < 0.5:
            next(streams[0])
        channel.close()
        return streams

    def deadline(channel, random):
        return [watch(channel, random.uniform(0.001, 0.05))]

    def limit(channel, _random):
        return [reply(channel)]

    return [
        ("calls", unary, {"OK"}, {}),
        ("cancelled in the middle", cancelled, {"CANCELLED"}, {}),
        ("closed with live streams", closed, {"CANCELLED"}, {}),
        ("a deadline", deadline, {"DEADLINE_EXCEEDED"}, {}),
        ("over the client's limit", limit, {"RESOURCE_EXHAUSTED"}, {"max_receive_message_length": 4}),
        ("what does not exist", lambda channel, _: [reply(channel, name="no-such")], {"NOT_FOUND"}, {}),
    ]


def run_stress(args):
    """As many channels as asked for, spread over the time, each of which does one thing."""
    random = Random(args.seed)
    scenes = stress_scenes(args)
    start = time.monotonic()
    counts = {"ends": Counter(), "unexpected": Counter()}
    opened = 0
    gone = False

    def work():
        nonlocal opened, gone
        while True:
            with lock:
                if opened >= args.count or gone:
                    return
                due = start + opened / args.count * args.seconds
                opened += 1
                name, play, codes, options = random.choice(scenes)
            time.sleep(max(0, due - time.monotonic()))
            with open_channel(args, **options) as channel:
                try:
                    calls = play(channel, random)
                except grpc.RpcError as error:
                    calls = [error]
                ends = [(call.code().name, call.details()) for call in calls]
            with lock:
                for code, details in ends:
                    if code in codes:
                        counts["ends"][f"{name}: {code}"] += 1
                    else:
                        counts["unexpected"][f"{name}: {code} {details}"] += 1
                        gone = gone or "refused" in details

    threads = [threading.Thread(target=work) for _ in range(args.width)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(connections=opened, **counts)


def run_wait(args):
    """A call that is made before the server is there."""
    say(waiting=True)
    with open_channel(args, max_reconnect_backoff_ms=500, initial_reconnect_backoff_ms=100) as channel:
        call(channel, "ListBackends", {}, wait_for_ready=True, timeout=args.seconds)


def run_keepalive(args):
    """A stream with a ping every ten seconds: the least that a server has to put up with."""
    start = time.monotonic()
    pings = {
        "keepalive_time_ms": 10_000,
        "keepalive_timeout_ms": 5_000,
        "keepalive_permit_without_calls": 1,
        "http2.max_pings_without_data": 0,
    }
    with open_channel(args, **pings) as channel:
        stream = watch(channel, args.seconds, {"log": False, "backend": False, "frontend": False})
        try:
            for _ in stream:
                pass
        except grpc.RpcError as error:
            say_end(stream, start, error)
        call(channel, "ListBackends", {})


def run_health(args):
    with open_channel(args) as channel:
        message = ("HealthCheckRequest", "HealthCheckResponse")
        service = "grpc.health.v1.Health"
        check = stub(channel, service, "Check", *message)
        follow = stub(channel, service, "Watch", *message, "unary_stream")
        request = message_type("grpc.health.v1.HealthCheckRequest")
        for name in ("", MAGLEV, "no.Such"):
            try:
                say(check=name, status=check(request(service=name), timeout=10).status)
            except grpc.RpcError as error:
                say(check=name, code=error.code().name, message=error.details())
        start = time.monotonic()
        stream = follow(request(service=MAGLEV), timeout=args.seconds)
        try:
            for reply in stream:
                say(watch=MAGLEV, status=reply.status)
        except grpc.RpcError as error:
            say_end(stream, start, error)


def run_reflection(args):
    """Everything that reflection tells, put into a pool that takes no file before its imports."""
    package = f"grpc.reflection.{args.version}"
    with open_channel(args) as channel:
        ask_once, end = asker(channel, package)
        listed = ask_once(list_services="*")
        names = sorted(each.name for each in listed.list_services_response.service)
        say(services=names)
        files = {}
        for name in names:
            reply = ask_once(file_containing_symbol=name)
            for content in reply.file_descriptor_response.file_descriptor_proto:
                file = descriptor_pb2.FileDescriptorProto.FromString(content)
                files[file.name] = file
        strict = descriptor_pool.DescriptorPool()
        added = set()

        def add(name):
            if name in added:
                return
            if name not in files:
                reply = ask_once(file_by_filename=name)
                for content in reply.file_descriptor_response.file_descriptor_proto:
                    file = descriptor_pb2.FileDescriptorProto.FromString(content)
                    files[file.name] = file
            for imported in files[name].dependency:
                add(imported)
            strict.Add(files[name])
            added.add(name)

        for name in list(files):
            add(name)
        for name in names:
            service = strict.FindServiceByName(name)
            say(service=name, file=service.file.name, methods=[
                f"{m.name} {m.input_type.full_name} {m.output_type.full_name}" for m in service.methods
            ])
        for wrong in ({"file_containing_symbol": "no.Such"}, {"file_by_filename": "no-such.proto"}):
            reply = ask_once(**wrong)
            say(asked=wrong, code=reply.error_response.error_code, message=reply.error_response.error_message)
        for symbol in ("maglev.Maglev.GetBackend", "maglev.Event", "maglev.Event.backend"):
            reply = ask_once(file_containing_symbol=symbol)
            say(symbol=symbol, files=len(reply.file_descriptor_response.file_descriptor_proto))
        end()


def asker(channel, package):
    """Asks one question after another, all on one stream."""
    names = ("ServerReflectionRequest", "ServerReflectionResponse", "stream_stream")
    make = stub(channel, f"{package}.ServerReflection", "ServerReflectionInfo", *names)
    request = message_type(f"{package}.ServerReflectionRequest")
    questions = queue.Queue()
    answers = make(iter(questions.get, None), timeout=30)

    def ask_once(**question):
        questions.put(request(**question))
        return next(answers)

    def end():
        """Says that there are no more questions; the server then ends the stream."""
        questions.put(None)
        say(rest=sum(1 for _ in answers), end=answers.code().name)

    return ask_once, end


def main():
    commands = {name[4:]: run for name, run in globals().items() if name.startswith("run_")}
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("command", choices=commands)
    for name in ("ca", "cert", "key", "server-name"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--frontend", default="www")
    parser.add_argument("--pool", default="primary")
    parser.add_argument("--backend", default="web1")
    parser.add_argument("--healthcheck", default="web")
    parser.add_argument("--rpc", choices=UNARY, default="ListBackends")
    parser.add_argument("--request", default="{}")
    parser.add_argument("--version", choices=("v1", "v1alpha"), default="v1")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10)
    args = parser.parse_args()
    # Whatever hangs, the program ends.
    alarm = threading.Timer(args.seconds + 60, lambda: os._exit(3))
    alarm.daemon = True
    alarm.start()
    commands[args.command](args)


main()
