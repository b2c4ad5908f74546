/**
 * The hash with which VPP scatters the replicas of a new-flow table: XXH64 of one 64-bit word, with
 * VPP's own seed. JavaScript has no 64-bit integers but BigInt, which would take longer here than
 * all the rest of a table, so a word is two halves.
 *
 * @module
 */

/** A 64-bit word as two 32-bit halves, each of which may be written as a negative number. */
export interface Word {
  low: number;
  high: number;
}

const prime1: Readonly<Word> = { high: 0x9e3779b1, low: 0x85ebca87 };
const prime2: Readonly<Word> = { high: 0xc2b2ae3d, low: 0x27d4eb4f };
const prime3: Readonly<Word> = { high: 0x165667b1, low: 0x9e3779f9 };
const prime4: Readonly<Word> = { high: 0x85ebca77, low: 0xc2b2ae63 };

/** VPP's seed 0x9e3779b97f4a7c13, plus XXH64's fifth prime, plus the 8 bytes of the word. */
const seed: Readonly<Word> = { high: 0xc60c64e8, low: 0x95a0e3e0 };

/** Replaces a word by its hash, whose halves are not negative. */
export function hashWord(word: Word): void {
  multiply(word, prime2);
  rotateLeft(word, 31);
  multiply(word, prime1);
  word.low ^= seed.low;
  word.high ^= seed.high;
  rotateLeft(word, 27);
  multiply(word, prime1);
  add(word, prime4);
  // Three times the word is mixed with itself shifted right, by 33, 29 and 32 bits.
  word.low ^= word.high >>> 1;
  multiply(word, prime2);
  word.low ^= (word.low >>> 29) | (word.high << 3);
  word.high ^= word.high >>> 29;
  multiply(word, prime3);
  word.low = (word.low ^ word.high) >>> 0;
  word.high >>>= 0;
}

function multiply(word: Word, factor: Readonly<Word>): void {
  const { low, high } = word;
  word.low = Math.imul(low, factor.low);
  word.high = (highOfProduct(low, factor.low) +
    Math.imul(low, factor.high) + Math.imul(high, factor.low)) | 0;
}

/** The high half of the product of two halves, from the four products of their 16-bit digits. */
function highOfProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aLow * bHigh + ((aLow * bLow) >>> 16);
  const carried = aHigh * bLow + (middle & 0xffff);
  return aHigh * bHigh + (middle >>> 16) + (carried >>> 16);
}

function add(word: Word, term: Readonly<Word>): void {
  const low = (word.low >>> 0) + term.low;
  word.high = (word.high + term.high + (low > 0xffffffff ? 1 : 0)) | 0;
  word.low = low | 0;
}

/** Rotates by 1 … 31 bits. */
function rotateLeft(word: Word, bits: number): void {
  const { low, high } = word;
  word.low = (low << bits) | (high >>> (32 - bits));
  word.high = (high << bits) | (low >>> (32 - bits));
}
