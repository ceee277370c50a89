// A picture of a page with fewer bytes: its colours, of which a page has few, as a palette.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The chunks of a file, the parts of its data as one. */
function parsed(png) {
  const chunks = { IDAT: [] };
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    const name = png.toString("latin1", at + 4, at + 8);
    if (name === "IDAT") chunks.IDAT.push(data);
    else chunks[name] = data;
    at += length + 12;
  }
  return chunks;
}

const paeth = (left, up, corner) => {
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};

/** Bytes of all pixels, each line without its filter. */
function pixels(raw, width, height, size) {
  const line = width * size;
  const out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x >= size ? out[at - size] : 0;
      const up = y > 0 ? out[at - line] : 0;
      const corner = x >= size && y > 0 ? out[at - line - size] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[y * (line + 1) + 1 + x] + guess;
    }
  }
  return out;
}

/** The colours that count most, and the nearest of them to each colour. */
function palette(colours) {
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  // Edges of letters are mostly grey: what is colourful is rarer, and would be missed.
  const weight = ([colour, count]) => count * (1 + Math.max(...parts(colour)) - Math.min(...parts(colour)));
  const sorted = [...colours].sort((one, other) => weight(other) - weight(one));
  const chosen = sorted.slice(0, 256).map(([colour]) => colour);
  const far = (one, other) => parts(one).reduce((sum, part, index) => sum + (part - parts(other)[index]) ** 2, 0);
  const nearest = new Map();
  for (const colour of colours.keys()) {
    nearest.set(
      colour,
      chosen.reduce((best, one, index) => (far(colour, one) < far(colour, chosen[best]) ? index : best), 0),
    );
  }
  return { chosen, nearest };
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** The same picture with a palette: what a browser takes, eight bits of three or four colours. */
export function compact(png) {
  const { IHDR, IDAT } = parsed(png);
  const [width, height] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4)];
  const size = { 2: 3, 6: 4 }[IHDR[9]];
  if (IHDR[8] !== 8 || !size) throw new Error("a picture of another kind");
  const bytes = pixels(inflateSync(Buffer.concat(IDAT)), width, height, size);
  const colours = new Map();
  const all = new Uint32Array(width * height);
  for (let at = 0; at < all.length; at += 1) {
    all[at] = bytes.readUIntBE(at * size, 3);
    colours.set(all[at], (colours.get(all[at]) ?? 0) + 1);
  }
  const { chosen, nearest } = palette(colours);
  const lines = Buffer.alloc((width + 1) * height);
  all.forEach((colour, at) => (lines[at + Math.floor(at / width) + 1] = nearest.get(colour)));
  const head = Buffer.from(IHDR);
  head[9] = 3;
  const table = Buffer.from(chosen.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const data = deflateSync(lines, { level: 9, memLevel: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", table),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
