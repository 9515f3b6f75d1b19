import { apiError, NetworkError } from "./error";
import type { Http, RequestOptions } from "./http";

export interface TransferOptions extends RequestOptions {
  /** In bytes. `total` is 0 while it is not known. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** fetch tells nothing about how far an upload is; this does. */
function sendForm(url: string, form: FormData, headers: Headers, options: TransferOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const settle = (end: () => void) => () => {
      options.signal?.removeEventListener("abort", stop);
      end();
    };
    request.open("POST", url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => options.onProgress?.(loaded, total);
    request.onload = settle(() => resolve({ status: request.status, text: request.responseText }));
    request.onerror = settle(() => reject(new NetworkError("the connection ended")));
    request.onabort = settle(() => reject(new DOMException("The upload was stopped.", "AbortError")));
    options.signal?.addEventListener("abort", stop);
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Sends a file that is already encrypted, as the part that servers of this protocol expect. */
export async function uploadFile(
  http: Http,
  path: string,
  file: Blob,
  name: string,
  options: TransferOptions = {},
): Promise<void> {
  const form = new FormData();
  form.set("data", file, name);
  const answer = await http.authenticated((headers) => sendForm(http.origin + path, form, headers, options));
  if (answer.status < 200 || answer.status > 299) throw apiError(answer.status, parsed(answer.text));
}

/**
 * Gets a file from the address that the server gave for it. The address names the server's public origin; this page
 * may have been opened at another and may not ask elsewhere.
 */
export async function downloadFile(http: Http, url: string, options: TransferOptions = {}): Promise<Blob> {
  const { pathname, search } = new URL(url, "http://localhost");
  const response = await http.open(pathname + search, options);
  const total = Number(response.headers.get("content-length") ?? 0);
  if (!response.body) return response.blob();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  try {
    for (const reader = response.body.getReader(); ; ) {
      const part = await reader.read();
      if (part.done) break;
      chunks.push(part.value);
      done += part.value.length;
      options.onProgress?.(done, total);
    }
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new NetworkError(error);
  }
  return new Blob(chunks);
}
