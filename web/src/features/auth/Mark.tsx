/** The house's mark: a gate in a battlement. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-8" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M8 24V9h4v3h2.5V9h3v3H20V9h4v15h-5.5v-4a2.5 2.5 0 0 0-5 0v4z" className="fill-white" />
    </svg>
  );
}
