// One file on its way by the tus protocol. A broken line is no refusal: it goes on by itself when the line comes back.
import { Upload } from "tus-js-client";

// Small enough that at 100 kbit/s hardly a quarter of a minute is lost with a piece.
const PIECE = 192 * 1024;
const PATIENCE = [1000, 2000, 5000, 10_000];
// The server is busy with the same file, or has another part of it than we thought: asking it again puts that right.
const PASSING = [409, 423, 500, 502, 503, 504];

export function send(file, options, told) {
  let tries = 0;
  let timer = 0;
  let ended = false;
  let answer = null;
  const again = () => { clearTimeout(timer); if (!ended) upload.start(); };
  const end = () => { ended = true; clearTimeout(timer); removeEventListener("online", again); };

  const upload = new Upload(file, {
    ...options,
    chunkSize: PIECE,
    retryDelays: null,
    storeFingerprintForResuming: false,
    onAfterResponse: (_request, response) => { answer = response; },
    onProgress: (sent) => { tries = 0; told.sending(); told.progress(sent); },
    onSuccess: () => { end(); told.done(answer); },
    onError: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      if (status && !PASSING.includes(status)) {
        end();
        const plain = error.originalResponse.getHeader("Content-Type")?.startsWith("text/plain");
        told.refused(plain ? error.originalResponse.getBody() : "");
        return;
      }
      if (!status || status >= 500) told.lost();
      clearTimeout(timer);
      timer = setTimeout(again, PATIENCE[Math.min(tries++, PATIENCE.length - 1)]);
    },
  });
  addEventListener("online", again);
  upload.start();
  return () => { end(); upload.abort(true).catch(() => {}); };
}
