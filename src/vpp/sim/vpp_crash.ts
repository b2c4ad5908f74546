/**
 * The end of the simulated VPP.
 *
 * @module
 */

/**
 * A request was carried out that a real VPP does not survive, or after which nothing can be said about
 * it. The server in front of the simulated VPP closes all connections and starts another one.
 */
export class VppCrash extends Error {
  override readonly name = "VppCrash";
}
