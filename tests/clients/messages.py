"""The messages of the control API, put together at run time from their field numbers.

The table says what existing clients rely on. It was written down from the specification and not from
`proto/maglev.proto`, so that a field that changed its number there does not pass here.
"""

from google.protobuf import descriptor_pb2, descriptor_pool, json_format

try:
    from google.protobuf import message_factory

    message_class = message_factory.GetMessageClass
except AttributeError:  # Before version 4.22.
    from google.protobuf import symbol_database

    def message_class(descriptor):
        return symbol_database.SymbolDatabase(pool).GetPrototype(descriptor)


# A type stands for all names that follow it, up to the next semicolon.
TABLE = """
ListFrontendsRequest
ListBackendsRequest
ListHealthChecksRequest
CheckConfigRequest
ReloadConfigRequest
GetVPPInfoRequest
GetVPPLBStateRequest
GetVPPLBCountersRequest
SyncVPPLBStateResponse
GetFrontendRequest: string name=1
GetBackendRequest: string name=1
BackendRequest: string name=1
GetHealthCheckRequest: string name=1
CheckConfigResponse: bool ok=1; string parse_error=2 semantic_error=3
ReloadConfigResponse: bool ok=1; string parse_error=2 semantic_error=3 reload_error=4
VPPInfo: string version=1 build_date=2 build_directory=3; uint32 pid=4; int64 boottime_ns=5 connecttime_ns=6
VPPLBConf: string ip4_src_address=1 ip6_src_address=2; uint32 sticky_buckets_per_core=3 flow_timeout=4
VPPLBAS: string address=1; uint32 weight=2 flags=3 num_buckets=4; int64 in_use_since_ns=5
VPPLBVIP: string prefix=1; uint32 protocol=2 port=3; string encap=4; uint32 flow_table_length=5; repeated VPPLBAS application_servers=6; bool src_ip_sticky=7
VPPLBState: VPPLBConf conf=1; repeated VPPLBVIP vips=2
VPPLBVIPCounters: string prefix=1; uint32 protocol=2 port=3; uint64 next=4 first=5 untracked=6 no_server=7 packets=8 bytes=9
VPPLBCounters: repeated VPPLBVIPCounters vips=1
SyncVPPLBStateRequest: optional string frontend_name=1
SetWeightRequest: string frontend=1 pool=2 backend=3; int32 weight=4
WatchRequest: optional bool log=1; string log_level=2; optional bool backend=3 frontend=4; bool weight=100 reload=101
ListFrontendsResponse: repeated string frontend_names=1
ListBackendsResponse: repeated string backend_names=1
ListHealthChecksResponse: repeated string names=1
PoolBackendInfo: string name=1; int32 weight=2 effective_weight=3
PoolInfo: string name=1; repeated PoolBackendInfo backends=2
FrontendInfo: string name=1 address=2 protocol=3; uint32 port=4; repeated PoolInfo pools=5; string description=6; bool src_ip_sticky=7 flush_on_down=8
HTTPCheckParams: string path=1 host=2; int32 response_code_min=3 response_code_max=4; string response_regexp=5 server_name=6; bool insecure_skip_verify=7
TCPCheckParams: bool ssl=1; string server_name=2; bool insecure_skip_verify=3
HealthCheckInfo: string name=1 type=2; uint32 port=3; string probe_ipv4_src=4 probe_ipv6_src=5; int64 interval_ns=6 fast_interval_ns=7 down_interval_ns=8 timeout_ns=9; int32 rise=10 fall=11; HTTPCheckParams http=12; TCPCheckParams tcp=13
BackendInfo: string name=1 address=2 state=3; repeated TransitionRecord transitions=4; bool enabled=5; string healthcheck=6
TransitionRecord: string from=1 to=2; int64 at_unix_ns=3
LogAttr: string key=1 value=2
LogEvent: int64 at_unix_ns=1; string level=2 msg=3; repeated LogAttr attrs=4
BackendEvent: string backend_name=1; TransitionRecord transition=2
FrontendEvent: string frontend_name=1; TransitionRecord transition=2
Event: oneof LogEvent log=1; oneof BackendEvent backend=2; oneof FrontendEvent frontend=3
"""

# The health and reflection protocols, as grpc.io publishes them.
HEALTH = """
HealthCheckRequest: string service=1
HealthCheckResponse: int32 status=1
"""
REFLECTION = """
ExtensionRequest: string containing_type=1; int32 extension_number=2
ServerReflectionRequest: string host=1; oneof string file_by_filename=3 file_containing_symbol=4; oneof ExtensionRequest file_containing_extension=5; oneof string all_extension_numbers_of_type=6 list_services=7
FileDescriptorResponse: repeated bytes file_descriptor_proto=1
ExtensionNumberResponse: string base_type_name=1; repeated int32 extension_number=2
ServiceResponse: string name=1
ListServiceResponse: repeated ServiceResponse service=1
ErrorResponse: int32 error_code=1; string error_message=2
ServerReflectionResponse: string valid_host=1; ServerReflectionRequest original_request=2; oneof FileDescriptorResponse file_descriptor_response=4; oneof ExtensionNumberResponse all_extension_numbers_response=5; oneof ListServiceResponse list_services_response=6; oneof ErrorResponse error_response=7
"""

pool = descriptor_pool.DescriptorPool()
FieldProto = descriptor_pb2.FieldDescriptorProto


def add_messages(package, table):
    file = descriptor_pb2.FileDescriptorProto(
        name=f"{package}.proto", package=package, syntax="proto3"
    )
    for line in table.strip().splitlines():
        name, _, fields = line.partition(":")
        message = file.message_type.add(name=name)
        # Real oneofs stand before those that optional fields bring.
        if "oneof " in fields:
            message.oneof_decl.add(name="one_of")
        for declaration in filter(None, fields.split(";")):
            add_fields(message, package, *declaration.split())
    pool.Add(file)


def add_fields(message, package, *words):
    words = list(words)
    rule = words.pop(0) if words[0] in ("repeated", "optional", "oneof") else ""
    kind = words.pop(0)
    for name, number in (word.split("=") for word in words):
        field = message.field.add(name=name, number=int(number))
        field.label = FieldProto.LABEL_REPEATED if rule == "repeated" else FieldProto.LABEL_OPTIONAL
        if kind[0].islower():
            field.type = getattr(FieldProto, f"TYPE_{kind.upper()}")
        else:
            field.type, field.type_name = FieldProto.TYPE_MESSAGE, f".{package}.{kind}"
        if rule == "oneof":
            field.oneof_index = 0
        if rule == "optional":
            field.proto3_optional, field.oneof_index = True, len(message.oneof_decl)
            message.oneof_decl.add(name=f"_{name}")


add_messages("maglev", TABLE)
add_messages("grpc.health.v1", HEALTH)
add_messages("grpc.reflection.v1", REFLECTION)
# The same messages under the older name.
add_messages("grpc.reflection.v1alpha", REFLECTION)

# Each RPC of the specification: what it takes, what it answers with.
UNARY = {
    name: (request, response)
    for name, request, response in (
        line.split()
        for line in """
ListFrontends ListFrontendsRequest ListFrontendsResponse
GetFrontend GetFrontendRequest FrontendInfo
ListBackends ListBackendsRequest ListBackendsResponse
GetBackend GetBackendRequest BackendInfo
PauseBackend BackendRequest BackendInfo
ResumeBackend BackendRequest BackendInfo
EnableBackend BackendRequest BackendInfo
DisableBackend BackendRequest BackendInfo
ListHealthChecks ListHealthChecksRequest ListHealthChecksResponse
GetHealthCheck GetHealthCheckRequest HealthCheckInfo
SetFrontendPoolBackendWeight SetWeightRequest FrontendInfo
CheckConfig CheckConfigRequest CheckConfigResponse
ReloadConfig ReloadConfigRequest ReloadConfigResponse
GetVPPInfo GetVPPInfoRequest VPPInfo
GetVPPLBState GetVPPLBStateRequest VPPLBState
GetVPPLBCounters GetVPPLBCountersRequest VPPLBCounters
SyncVPPLBState SyncVPPLBStateRequest SyncVPPLBStateResponse
""".strip().splitlines()
    )
}


def message_type(name):
    """The class of a message, by its full name."""
    return message_class(pool.FindMessageTypeByName(name))


def to_data(message):
    """A message as data, in the names of the table."""
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


def unknown_numbers(message):
    """The numbers of the fields that the table does not have, in the message and all within."""
    try:
        from google.protobuf import unknown_fields

        numbers = {field.field_number for field in unknown_fields.UnknownFieldSet(message)}
    except ImportError:  # Before version 4.22.
        numbers = {field.field_number for field in message.UnknownFields()}
    for field, value in message.ListFields():
        if field.message_type is not None:
            many = value if field.label == field.LABEL_REPEATED else [value]
            for each in many:
                numbers |= set(unknown_numbers(each))
    return sorted(numbers)

