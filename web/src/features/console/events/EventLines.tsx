import type { EventRecord } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { deviceName } from "./device";
import { useNames } from "./names";

/** A short log, two lines an event. */
export function EventLines({ events }: { events: readonly EventRecord[] }) {
  const t = useT();
  const format = useFormat();
  const names = useNames();
  const lines = events.map((event, at) => ({ event, key: `${event.date} ${at}` }));
  return (
    <ol className="divide-y divide-line">
      {lines.map(({ event, key }) => (
        <li key={key} className="px-5 py-2.5">
          <span className="block">{names.sentence(event)}</span>
          <span className="block text-sm text-muted">
            {`${format.dateTime(event.date)} · ${names.who(event).name} · ${deviceName(event.deviceType, t)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
