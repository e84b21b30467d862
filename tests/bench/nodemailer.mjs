// The peer: nodemailer with a pool, each message personalised. node nodemailer.mjs PORT COUNT CONNECTIONS TEXT HTML
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const [port, count, connections, text, html] = process.argv.slice(2);
const bodies = [readFileSync(text, "utf8"), readFileSync(html, "utf8")];
const pool = nodemailer.createTransport({
  host: "127.0.0.1", port: Number(port), secure: false, ignoreTLS: true,
  pool: true, maxConnections: Number(connections), maxMessages: Infinity,
});
let next = 0;
let failed = 0;
const work = async () => {
  while (next < Number(count)) {
    const number = next++;
    const [plain, marked] = bodies.map((body) => body.replaceAll("Asha", `Person ${number}`));
    await pool
      .sendMail({
        from: "news@board.example", to: `person${number}@school.example`,
        subject: `Training and guidance at the café for ${number}`, text: plain, html: marked,
      })
      .catch(() => (failed += 1));
  }
};
await Promise.all(Array.from({ length: 2 * Number(connections) }, work));
pool.close();
process.exit(failed ? 1 : 0);
