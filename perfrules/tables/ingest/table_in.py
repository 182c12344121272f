"""A table of any kind, ready to be read block by block; the way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

import numpy as np
from attrs import define, field

from perfrules.batch.lowered import Holes
from perfrules.diagnostics import Code, DataPlace, Diagnostic, has_errors, in_order
from perfrules.ir.plan import Plan
from perfrules.readers.headings import headings_of
from perfrules.readers.named_rows import named_rows
from perfrules.readers.raw import DEFAULT_OPTIONS, Raw, RawRow, ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.readers.settings import with_settings
from perfrules.tables.ingest.beforehand import Beforehand, TwiceByName
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.block_columns import BlockColumns, entity_names
from perfrules.tables.ingest.cells import Mask
from perfrules.tables.ingest.duplicates import only_count_up
from perfrules.tables.ingest.layout import Layout, layout_of
from perfrules.tables.ingest.pieces import Piece, cell_at
from perfrules.tables.ingest.run import Run
from perfrules.tables.ingest.single_rows import read_single_rows
from perfrules.tables.ingest.sources import Kind, Slice, Source, source_of
from perfrules.tables.ingest.tables_apart import tables_apart
from perfrules.tables.ingest.texts import TextCodes
from perfrules.tables.ingest.twice import KnownTwice, SeenTwice, Twice
from perfrules.tables.options import BLOCK_ROWS


@define(eq=False, slots=False)
class TableIn:
    """A table held against a plan. *problems* are those of the table as a whole: with errors no row can be read.

    *rows* is None where only the end of a stream tells how many there are. *has_overrides*: some column is one.
    """

    kind: Kind
    rows: int | None
    problems: tuple[Diagnostic, ...]
    run: Run = field(repr=False)
    parts: Callable[[], Iterator[Slice]] = field(repr=False)

    @property
    def has_overrides(self) -> bool:
        """Whether there are columns of overrides; they may be empty."""
        return bool(self.run.layout.overrides)

    @property
    def entity_column(self) -> int | None:
        """The number of the column that names the entities; None: rows are numbered, or all are called the same."""
        return self.run.layout.entity if isinstance(self.run.layout.entity, int) else None

    @property
    def expected(self) -> Holes:
        """Return what is known beforehand to lack: optional inputs that no column gives."""
        given = {*self.run.layout.values, *self.run.apart}
        return Holes(missing=frozenset(n for n, each in self.run.inputs.items() if each.optional and n not in given))

    @property
    def lacking(self) -> tuple[Diagnostic, ...]:
        """Report, once for the table, the inputs that every entity needs and nothing gives."""
        given = {*self.run.layout.values, *self.run.apart}
        names = [name for name, each in self.run.inputs.items() if not each.optional and name not in given]
        places = [DataPlace(file=self.run.file, column=name) for name in names]
        return tuple(Diagnostic(Code.DATA_MISSING, args={"name": each.column or ""}, where=each) for each in places)

    def batches(self, texts: Sequence[str] = (), holes: Holes | None = None) -> Iterator[FrameBlock]:
        """Go through the blocks; *texts* are those whose codes the program knows (`Kernel.texts`).

        A stream can be gone through once. Blocks may be read by different threads.
        """
        codes = TextCodes(texts)
        place = 0
        for part in _without_first(self.parts(), self.run.skipped):
            columns = BlockColumns(self.run, part, place, self._left_out(part, place))
            yield FrameBlock(columns, codes, holes or Holes())
            place += part.rows

    def read_rows(self, block: FrameBlock, rows: Sequence[int]) -> tuple[EntityRow, ...]:
        """Read some rows of a block as the readers of single rows do, in order: those that were put aside."""
        return read_single_rows(block.columns, rows)

    def strays(self) -> tuple[Diagnostic, ...]:
        """Report the records of tables of their own whose entity is in no row; to be asked for at the end."""
        apart, plan, options = self.run.apart.values(), self.run.plan, self.run.options
        return in_order(problem for each in apart for problem in each.strays(plan, options))

    def _left_out(self, part: Slice, place: int) -> Mask | None:
        if isinstance(self.run.twice, KnownTwice):
            return self.run.twice.rows(place, part.rows)
        assert isinstance(self.run.twice, SeenTwice)
        return self.run.twice.rows(place, entity_names(self.run.layout, part, self.run.skipped + place + 1))


def open_table(
    table: object,
    plan: Plan,
    options: ReadOptions = DEFAULT_OPTIONS,
    *,
    tables: Mapping[str, object] | None = None,
    block_rows: int = BLOCK_ROWS,
    threads: int = 1,
    file: str | None = None,
    known: Beforehand | None = None,
) -> TableIn:
    """Hold a table against *plan*: of pandas, polars, Arrow, DuckDB, a mapping of columns, or what becomes one of them.

    *tables* are those kept apart from their entities, by their names or titles. *file* stands in the places of
    problems. Blocks have at most *block_rows*, and there are as many for each of *threads*. What is *known* already of
    the entities is not looked for.
    Raises NotATable for anything else.
    """
    source = source_of(table)
    block_rows = _even(source.rows, block_rows, threads)
    layout = layout_of(source.headings, plan, options)
    apart, problems = tables_apart(tables or {}, plan, options)
    parts: Callable[[], Iterator[Slice]] = partial(source.slices, block_rows)
    first = next(parts(), None) if source.rows is not None else None
    if source.rows is None:
        stream = parts()
        first = next(stream, None)
        parts = partial(chain, () if first is None else (first,), stream)
    captions = known is None or known.captions
    skipped = 1 if captions and first is not None and _is_captions(first, layout, plan, options) else 0
    problems = in_order([*layout.problems, *problems])
    twice: Twice
    if known is None:
        twice = _twice(layout, skipped, None if source.rows is None else _with_names(source, layout, block_rows))
    else:
        twice = TwiceByName(known.twice)
    run = Run(
        plan=plan,
        options=options,
        layout=layout,
        apart=apart,
        twice=twice,
        skipped=skipped,
        file=file or source.file,
        notes=source.notes,
    )
    rows = None if source.rows is None else source.rows - skipped
    return TableIn(kind=source.kind, rows=rows, problems=problems, run=run, parts=parts)


def _even(rows: int | None, most: int, threads: int) -> int:
    """Return how many rows each of the blocks has, where all are alike, none has more than *most*, and no thread is
    without one, unless rows are few.

    >>> _even(1_000_000, 131_072, threads=2), _even(100_000, 131_072, threads=2), _even(10, 4, threads=1)
    (125000, 50000, 4)
    """
    if not rows:
        return most
    most = min(most, max(-(-rows // threads), BLOCK_ROWS))
    if rows <= most:
        return most
    blocks = -(-rows // most)
    blocks += -blocks % threads
    return -(-rows // blocks)


def _is_captions(part: Slice, layout: Layout, plan: Plan, options: ReadOptions) -> bool:
    """Tell whether the first row holds the words under the headings of a template."""
    cells = tuple(cell_at(part.piece(column), 0) for column in range(len(layout.headings)))
    raw = with_settings(Raw((RawRow(layout.headings, cells, DataPlace()),)), options.settings, headings_of(plan))
    return not named_rows(raw.rows, headings_of(plan), plan, options)


def _with_names(source: Source, layout: Layout, block_rows: int) -> Iterator[Slice]:
    """Go through the rows with the column that names the entities, and with the others where that is no more work."""
    if source.column is None or not isinstance(layout.entity, int):
        return source.slices(block_rows)
    return source.column(layout.entity, block_rows)


def _twice(layout: Layout, skipped: int, parts: Iterator[Slice] | None) -> Twice:
    """Look at all names, or make ready to look at those of a stream."""
    if has_errors(layout.problems):
        return KnownTwice(())
    if parts is None:
        return SeenTwice()
    shown = [*_without_first(parts, skipped)]
    if isinstance(layout.entity, int):
        pieces = [part.piece(layout.entity) for part in shown]
        if all(isinstance(each, np.ndarray) and each.dtype.kind in "iu" for each in pieces) and only_count_up(pieces):
            return KnownTwice(())
    names, number = [], 1
    for part in shown:
        names.append(entity_names(layout, part, skipped + number))
        number += part.rows
    return KnownTwice(names)


def _without_first(parts: Iterable[Slice], skipped: int) -> Iterator[Slice]:
    """Leave out the first rows (of the first part)."""
    for place, part in enumerate(parts):
        if place == 0 and skipped:
            if part.rows > skipped:
                yield Slice(part.rows - skipped, partial(_later, part, skipped))
        else:
            yield part


def _later(part: Slice, skipped: int, column: int) -> Piece:
    return part.piece(column)[skipped:]
