import assert from "node:assert/strict";
import {
  type FieldDefinition,
  fieldSize,
  formatField,
  readApiDefinitions,
} from "./api_definitions.ts";
import { fixture } from "./recording_fixture.ts";

const definitions = readApiDefinitions(fixture("api-json/ip.api.json"));

function field(type: string, length: number | null = null, counter: string | null = null) {
  return { type, name: "it", length, counter };
}

Deno.test("a field is written as in VPP's source, and has the bytes that it has there", () => {
  const rows: [field: FieldDefinition, text: string, bytes: number][] = [
    [field("u8"), "u8 it", 1],
    [field("u8", 16), "u8 it[16]", 16],
    [field("bool"), "bool it", 1],
    [field("f64"), "f64 it", 8],
    [field("string", 64), "string it[64]", 64],
    [field("string", 0), "string it[]", 4],
    [field("vl_api_ip6_address_t"), "vl_api_ip6_address_t it", 16],
    [field("vl_api_address_family_t"), "vl_api_address_family_t it", 1],
    [field("vl_api_address_union_t"), "vl_api_address_union_t it", 16],
    [field("vl_api_address_t"), "vl_api_address_t it", 17],
    [field("vl_api_address_with_prefix_t"), "vl_api_address_with_prefix_t it", 18],
    [field("vl_api_fib_path_t"), "vl_api_fib_path_t it", 167],
    [field("vl_api_fib_mpls_label_t", 16), "vl_api_fib_mpls_label_t it[16]", 112],
    [field("vl_api_fib_path_t", 0, "n_paths"), "vl_api_fib_path_t it[n_paths]", 0],
    [field("vl_api_unheard_of_t"), "vl_api_unheard_of_t it", NaN],
  ];
  for (const [field, text, bytes] of rows) {
    assert.equal(formatField(field), text);
    assert.equal(fieldSize(field, definitions), bytes, text);
  }
});

Deno.test("a message has its CRC and its fields, without comments and options", () => {
  const { crc, fields } = definitions.messages.get("ip_route_lookup_reply") ?? { fields: [] };
  assert.equal(crc, 0x5d8febcb);
  assert.deepEqual(fields.map(formatField), [
    "u16 _vl_msg_id",
    "u32 context",
    "i32 retval",
    "vl_api_ip_route_t route",
  ]);
});

Deno.test("an enumeration has its width and its numbers", () => {
  const type = definitions.types.get("vl_api_fib_path_nh_proto_t");
  assert(type?.kind === "enumeration");
  assert.equal(type.width, "u32");
  assert.equal(type.values.get("FIB_API_PATH_NH_PROTO_BIER"), 4);
  assert.equal(type.values.size, 5);
});
