import assert from "node:assert/strict";
import { jsonLine } from "../../log_line.ts";
import { cliInband, controlPing } from "./core_messages.ts";
import { decode } from "./codec.ts";
import { ipRouteLookup } from "./ip_messages.ts";
import { lbAsSetWeight, lbVipDump } from "./lb_messages.ts";
import { recorded } from "./recording_fixture.ts";
import { addressOf } from "./testing.ts";
import { attributes, describe } from "./text.ts";

const setWeight = {
  pfx: { address: addressOf("198.51.100.1"), length: 32 },
  protocol: "tcp",
  port: 80,
  asAddress: addressOf("10.0.0.1"),
  weight: 0,
  isFlush: true,
} as const;

Deno.test("a message is one line, in VPP's names", () => {
  assert.equal(
    describe(lbAsSetWeight, setWeight),
    "lb_as_set_weight pfx=198.51.100.1/32 protocol=tcp port=80 as_address=10.0.0.1 weight=0 " +
      "is_flush=true",
  );
  assert.equal(describe(controlPing, {}), "control_ping");
  assert.equal(describe(lbAsSetWeight.reply, { retval: -6 }), "lb_as_set_weight_reply retval=-6");
});

Deno.test("a text that is no word is in quotes", () => {
  assert.equal(
    describe(cliInband, { cmd: "show lb vips\n" }),
    String.raw`cli_inband cmd="show lb vips\n"`,
  );
});

Deno.test("structures and lists are in brackets", () => {
  const { bytes } = recorded(lbVipDump.details);
  assert.equal(
    describe(lbVipDump.details, decode(lbVipDump.details, bytes)),
    "lb_vip_details vip={pfx=198.51.100.1/32 protocol=tcp port=80} encap=gre4 dscp=0 " +
      "srv_type=clusterip target_port=0 flow_table_length=1024",
  );
  const route = recorded(ipRouteLookup.reply);
  const label = "{is_uniform=0 label=0 ttl=0 exp=0}";
  assert.equal(
    describe(ipRouteLookup.reply, decode(ipRouteLookup.reply, route.bytes)),
    "ip_route_lookup_reply retval=0 route={table_id=0 stats_index=21 prefix=198.51.100.7/32 " +
      "paths=[{sw_if_index=4294967295 table_id=0 rpf_id=0 weight=1 preference=0 type=normal flags=0 " +
      `proto=ip4 nh={address=${"0".repeat(32)} via_label=0 obj_id=0 classify_table_index=0} ` +
      `n_labels=0 label_stack=[${label} ${label} ${label} ${label} "and 12 more"]}]}`,
  );
});

Deno.test("the attributes are a record for the log", () => {
  assert.equal(
    jsonLine({
      at: 0,
      level: "debug",
      msg: "vpp-api-send",
      attributes: attributes(lbAsSetWeight, setWeight),
    }),
    '{"time":"1970-01-01T00:00:00.000Z","level":"DEBUG","msg":"vpp-api-send",' +
      '"message":"lb_as_set_weight","pfx":"198.51.100.1/32","protocol":"tcp","port":80,' +
      '"as_address":"10.0.0.1","weight":0,"is_flush":true}',
  );
});
