/**
 * What a family of metrics is: its name, type, help and labels, and how its series are collected.
 *
 * @module
 */

import type { Histogram } from "../histogram.ts";
import type { BackendSource, FrontendSource, MetricsSources } from "./sources.ts";

/** The sources, with the objects that were there when the scrape began. */
export interface Scrape extends MetricsSources {
  readonly backends: readonly BackendSource[];
  readonly frontends: readonly FrontendSource[];
}

/**
 * Begins a scrape. It may go on for several turns of the loop; an object that is replaced meanwhile
 * by one of the same name must not be seen twice.
 */
export function beginScrape(sources: MetricsSources): Scrape {
  const { checker } = sources;
  return { ...sources, backends: [...checker.backends()], frontends: [...checker.frontends()] };
}

/** Takes a series: its value, and the value of each label, in the order of the declaration. */
export type AddSeries<Value> = (value: Value, ...labels: readonly string[]) => void;

/** A family, of which each object of a kind has any number of series. */
export type Family =
  & {
    readonly name: string;
    readonly help: string;
    readonly labels: readonly string[];
  }
  & (
    | { readonly type: "gauge" | "counter"; readonly collect: Collect<number | bigint> }
    | { readonly type: "histogram"; readonly collect: Collect<Histogram> }
  );

/** Finds the objects of a scrape, and the series of each. */
export interface Collect<Value> {
  objects(scrape: Scrape): Iterable<unknown>;
  series(object: unknown, add: AddSeries<Value>): void;
}

/** What a declaration says besides the type. */
interface Declaration<T, Value, Labels extends readonly string[]> {
  readonly help: string;
  /** Default: none. */
  readonly labels?: Labels;
  /** The objects that have series; a family without objects has none. */
  readonly of: (scrape: Scrape) => Iterable<T>;
  readonly series: (
    object: T,
    add: (value: Value, ...labels: { readonly [Index in keyof Labels]: string }) => void,
  ) => void;
}

/** Declares a family of gauges. */
export function gauge<T, const Labels extends readonly string[] = []>(
  name: string,
  declaration: Declaration<T, number | bigint, Labels>,
): Family {
  return { name, type: "gauge", ...parts(declaration) };
}

/** Declares a family of counters, whose name ends in `_total`. */
export function counter<T, const Labels extends readonly string[] = []>(
  name: `${string}_total`,
  declaration: Declaration<T, number | bigint, Labels>,
): Family {
  return { name, type: "counter", ...parts(declaration) };
}

/** Declares a family of histograms, in the buckets that all of ours have. */
export function histogram<T, const Labels extends readonly string[] = []>(
  name: `${string}_seconds`,
  declaration: Declaration<T, Histogram, Labels>,
): Family {
  return { name, type: "histogram", ...parts(declaration) };
}

function parts<T, Value, Labels extends readonly string[]>(
  { help, labels, of, series }: Declaration<T, Value, Labels>,
) {
  // The objects that `of` finds are those that `series` is given, and no others.
  const collect = { objects: of, series: series as Collect<Value>["series"] };
  return { help, labels: labels ?? [], collect };
}

/** The one object of a family that has one, if it is there. */
export function only<T>(object: T | null | undefined): readonly T[] {
  return object === null || object === undefined ? [] : [object];
}
