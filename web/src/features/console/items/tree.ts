/** A collection in the tree that slashes in the names make. */
export type Node<Collection> = {
  readonly collection: Collection;
  /** The name without that of the collection above it. */
  readonly label: string;
  readonly children: readonly Node<Collection>[];
};

type Named = { readonly id: string; readonly name: string };

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The nearest collection above: that of the longest beginning of the name that is a name itself. */
export function parentNameOf(name: string, names: ReadonlySet<string>): string | null {
  for (let cut = name.lastIndexOf("/"); cut > 0; cut = name.lastIndexOf("/", cut - 1)) {
    const above = name.slice(0, cut);
    if (names.has(above)) {
      return above;
    }
  }
  return null;
}

export function treeOf<Collection extends Named>(collections: readonly Collection[]): Node<Collection>[] {
  const names = new Set(collections.map(({ name }) => name));
  const below = new Map<string | null, Collection[]>();
  for (const collection of collections) {
    const above = parentNameOf(collection.name, names);
    below.set(above, [...(below.get(above) ?? []), collection]);
  }
  const grow = (above: string | null): Node<Collection>[] =>
    (below.get(above) ?? [])
      .map((collection) => ({
        collection,
        label: above === null ? collection.name : collection.name.slice(above.length + 1),
        // Two collections may have the same name: what is nested hangs under the first of them.
        children: first(collection, collections) ? grow(collection.name) : [],
      }))
      .sort((a, b) => collator.compare(a.label, b.label));
  return grow(null);
}

const first = (collection: Named, all: readonly Named[]) =>
  all.find(({ name }) => name === collection.name)?.id === collection.id;

/** Every collection of a tree with its depth, in the order in which it is shown. */
export function flat<Collection extends Named>(
  nodes: readonly Node<Collection>[],
  isOpen: (id: string) => boolean = () => true,
  depth = 0,
): { readonly node: Node<Collection>; readonly depth: number }[] {
  return nodes.flatMap((node) => [
    { node, depth },
    ...(isOpen(node.collection.id) ? flat(node.children, isOpen, depth + 1) : []),
  ]);
}
