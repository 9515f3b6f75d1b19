import { Columns3 } from "lucide-react";
import { IconButton } from "./Button";
import { type ColumnChoice, mayHide } from "./columns";
import { Menu, MenuCheck } from "./Menu";
import type { Column } from "./Table";
import { useWords } from "./words";

type ColumnMenuProps<Row> = { columns: readonly Column<Row>[]; choice: ColumnChoice };

/** Which columns are shown, to be chosen in the header of the table. */
export function ColumnMenu<Row>({ columns, choice }: ColumnMenuProps<Row>) {
  const { columns: label } = useWords();
  return (
    <Menu trigger={<IconButton size="sm" label={label} icon={<Columns3 className="size-4" />} />}>
      {columns.filter(mayHide).map(({ id, header }) => (
        <MenuCheck key={id} checked={!choice.hidden.has(id)} onChange={() => choice.toggle(id)}>
          {header}
        </MenuCheck>
      ))}
    </Menu>
  );
}
