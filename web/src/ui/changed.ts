import { useRef } from "react";

/** Whether the content of a form differs from what it was when it was opened, or filled with another version. */
export function useChanged(content: unknown, version?: unknown): boolean {
  const now = JSON.stringify(content);
  const start = useRef({ content: now, version });
  if (start.current.version !== version) {
    start.current = { content: now, version };
  }
  return start.current.content !== now;
}
