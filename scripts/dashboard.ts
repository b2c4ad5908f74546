/**
 * The Grafana dashboard: what it shows, and how Grafana is told so.
 *
 * @module
 */

/** A panel: a title, a unit of Grafana's, and its lines. */
interface Panel {
  readonly title: string;
  /** Default: `timeseries`. */
  readonly type?: "timeseries" | "stat" | "state-timeline";
  /** Default: `short`. */
  readonly unit?: string;
  /** Names for values. */
  readonly values?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
  /** Each line's name, in Grafana's notation, and its expression. */
  readonly lines: Readonly<Record<string, string>>;
}

const own = 'instance=~"$instance"';
const rate = (metric: string, labels = "") =>
  `rate(${metric}{${own}${labels === "" ? "" : `, ${labels}`}}[$__rate_interval])`;
const quantiles = (metric: string) =>
  Object.fromEntries([0.5, 0.9, 0.99].map((quantile) => [
    `p${quantile * 100} {{instance}}`,
    `histogram_quantile(${quantile}, sum by (instance, le) (${rate(`${metric}_bucket`)}))`,
  ]));
const yesNo = {
  0: { text: "no", color: "red" },
  1: { text: "yes", color: "green" },
};

/**
 * States are series of 0 and 1; the numbers here put them into one line for each object. None of
 * them is 0, so that the sum says which state it is.
 */
const states = {
  1: { text: "unknown", color: "text" },
  2: { text: "up", color: "green" },
  3: { text: "down", color: "red" },
  4: { text: "paused", color: "blue" },
  5: { text: "disabled", color: "purple" },
};
const stateOf = (metric: string, object: string) => {
  const parts = Object.entries(states).map(([number, { text }]) =>
    `${number} * (${metric}{${own}, state="${text}"} == 1)`
  );
  return `max by (instance, ${object}) (${parts.join(" or ")})`;
};

const rows: Readonly<Record<string, readonly Panel[]>> = {
  "Frontends": [
    {
      title: "State",
      type: "state-timeline",
      values: states,
      lines: { "{{frontend}} {{instance}}": stateOf("maglev_frontend_state", "frontend") },
    },
    {
      title: "Active pool",
      type: "state-timeline",
      lines: { "{{frontend}} {{instance}}": `maglev_frontend_active_pool{${own}}` },
    },
    {
      title: "Effective weight",
      lines: {
        "{{frontend}} {{pool}}/{{backend}} {{instance}}":
          `maglev_frontend_pool_backend_effective_weight{${own}}`,
      },
    },
  ],
  "Backends": [
    {
      title: "State",
      type: "state-timeline",
      values: states,
      lines: { "{{backend}} {{instance}}": stateOf("maglev_backend_state", "backend") },
    },
    {
      title: "Transitions",
      lines: {
        "{{backend}} {{instance}}":
          `sum by (instance, backend) (increase(maglev_backend_transitions_total{${own}}[$__rate_interval]))`,
      },
    },
    {
      title: "Traffic",
      unit: "Bps",
      lines: { "{{backend}} {{instance}}": rate("maglev_backend_route_bytes_total") },
    },
  ],
  "Probes": [
    {
      title: "Rate by result",
      unit: "ops",
      lines: {
        "{{result}} {{instance}}": `sum by (instance, result) (${rate("maglev_probe_total")})`,
      },
    },
    { title: "Duration", unit: "s", lines: quantiles("maglev_probe_duration_seconds") },
    { title: "Lag", unit: "s", lines: quantiles("maglev_probe_lag_seconds") },
  ],
  "VPP": [
    {
      title: "Connected",
      type: "stat",
      values: yesNo,
      lines: { "{{instance}}": `maglev_vpp_connected{${own}}` },
    },
    {
      title: "Done by syncs",
      lines: {
        "{{kind}} {{instance}}":
          `sum by (instance, kind) (increase(maglev_vpp_lbsync_total{${own}}[$__rate_interval]))`,
      },
    },
    { title: "Sync duration", unit: "s", lines: quantiles("maglev_vpp_lbsync_duration_seconds") },
    {
      title: "Packets by kind",
      unit: "pps",
      lines: {
        "{{prefix}} {{protocol}} {{port}} {{kind}} {{instance}}": rate("maglev_vip_packets_total"),
      },
    },
    {
      title: "Traffic of VIPs",
      unit: "Bps",
      lines: {
        "{{prefix}} {{protocol}} {{port}} {{instance}}": rate("maglev_vip_route_bytes_total"),
      },
    },
    {
      title: "Messages of the API that failed",
      unit: "ops",
      lines: {
        "{{msg}} {{direction}} {{instance}}": rate("maglev_vpp_api_total", 'result="failure"'),
      },
    },
  ],
  "API": [
    {
      title: "Calls",
      unit: "reqps",
      lines: {
        "{{grpc_method}} {{instance}}": `sum by (instance, grpc_method) (${
          rate("grpc_server_started_total")
        })`,
      },
    },
    {
      title: "Calls that ended badly",
      unit: "reqps",
      lines: {
        "{{grpc_method}} {{grpc_code}} {{instance}}": `sum by (instance, grpc_method, grpc_code) (${
          rate("grpc_server_handled_total", 'grpc_code!="OK"')
        }) > 0`,
      },
    },
    {
      title: "Subscribers, and events that they lost",
      lines: {
        "subscribers {{instance}}": `maglev_event_subscribers{${own}}`,
        "lost {{instance}}": `increase(maglev_events_dropped_total{${own}}[$__rate_interval])`,
      },
    },
  ],
  "Process": [
    {
      title: "Processor",
      unit: "percentunit",
      lines: { "{{instance}}": rate("process_cpu_seconds_total", 'job="maglev"') },
    },
    {
      title: "Memory",
      unit: "bytes",
      lines: {
        "resident {{instance}}": `process_resident_memory_bytes{${own}, job="maglev"}`,
        "heap {{instance}}": `maglev_runtime_heap_used_bytes{${own}}`,
      },
    },
    { title: "Loop lag", unit: "s", lines: quantiles("maglev_runtime_loop_lag_seconds") },
    {
      title: "Last reload successful",
      type: "stat",
      values: yesNo,
      lines: { "{{instance}}": `maglev_config_last_reload_successful{${own}}` },
    },
  ],
};

const columns = 24;
const rowHeight = 1;
const panelHeight = 8;
const mostAbreast = 3;
const datasource = { type: "prometheus", uid: "${datasource}" };

/** The dashboard as Grafana imports it. */
export function dashboardJson(): string {
  const panels: unknown[] = [];
  let y = 0;
  for (const [title, members] of Object.entries(rows)) {
    const gridPos = { h: rowHeight, w: columns, x: 0, y };
    panels.push({
      id: panels.length + 1,
      type: "row",
      title,
      collapsed: false,
      gridPos,
      panels: [],
    });
    y += rowHeight;
    const abreast = members.length % mostAbreast === 0 ? mostAbreast : 2;
    const w = columns / abreast;
    for (const [index, panel] of members.entries()) {
      const x = (index % abreast) * w;
      const place = { h: panelHeight, w, x, y: y + Math.floor(index / abreast) * panelHeight };
      panels.push({ id: panels.length + 1, ...panelJson(panel), gridPos: place });
    }
    y += Math.ceil(members.length / abreast) * panelHeight;
  }
  const dashboard = {
    ...{ uid: "maglev", title: "Maglev", tags: ["maglev"], schemaVersion: 39, version: 1 },
    ...{ editable: true, graphTooltip: 1, refresh: "30s", time: { from: "now-1h", to: "now" } },
    templating: { list: variables },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

const variables = [
  { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
  {
    ...{ name: "instance", label: "Instance", type: "query", datasource },
    ...{ query: "label_values(maglev_build_info, instance)", refresh: 2, sort: 1 },
    ...{ multi: true, includeAll: true, current: { text: "All", value: "$__all" } },
  },
];

function panelJson({ title, type = "timeseries", unit = "short", values, lines }: Panel) {
  const mappings = values === undefined ? [] : [{ type: "value", options: values }];
  const targets = Object.entries(lines).map(([legendFormat, expr], index) => ({
    ...{ refId: String.fromCharCode(65 + index), datasource, expr, legendFormat },
  }));
  return {
    ...{ type, title, datasource, targets },
    fieldConfig: { defaults: { unit, min: 0, mappings }, overrides: [] },
    options: optionsOf[type],
  };
}

const legend = { displayMode: "list", placement: "bottom", showLegend: true };
const optionsOf = {
  "timeseries": { legend, tooltip: { mode: "multi", sort: "desc" } },
  "stat": { colorMode: "background", reduceOptions: { calcs: ["lastNotNull"] } },
  "state-timeline": {
    legend: { ...legend, showLegend: false },
    mergeValues: true,
    showValue: "auto",
  },
};
