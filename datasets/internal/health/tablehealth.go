package health

import (
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// ExamineTable returns what is to be said of a table's columns, the gravest first. Count is a
// number of columns, Items their places; it looks at no rows beyond what info holds.
func ExamineTable(info dataset.Info) []Finding {
	var all []Finding
	add := func(name, one, many, advice string, is func(c dataset.Column) bool) {
		var items []int
		var names []string
		for i, c := range info.Columns {
			if is(c) {
				items, names = append(items, i), append(names, c.Name)
			}
		}
		if len(items) > 0 {
			if len(names) > 6 {
				names = append(names[:5], "…")
			}
			all = append(all, Finding{Name: name, Title: wording.Counted(len(items), one, many) + ": " + strings.Join(names, ", "), Count: len(items), Items: items, Advice: advice})
		}
	}
	if n := len(info.Skipped); n > 0 {
		all = append(all, unreadable(n, "line", "lines"))
	}
	add("unreadable-cells", "column of numbers holds words", "columns of numbers hold words", "Correct the cells, or empty them.", func(c dataset.Column) bool { return c.Bad > 0 })
	add("constant-columns", "column has one value throughout", "columns have one value throughout", "Leave them out: there is nothing to learn.", func(c dataset.Column) bool {
		return c.Distinct <= 1 && info.Count > 1
	})
	add("identifier-columns", "column has another value in each row", "columns have another value in each row", "Leave out what only names the rows, or the network learns it by heart.", func(c dataset.Column) bool {
		return (c.Type == "integer" || c.Type == "text") && c.Missing == 0 && info.Count > 10 && c.Distinct == min(info.Count, dataset.ManyValues)
	})
	add("missing-values", "column lacks more than a tenth of its values", "columns lack more than a tenth of their values", "Fill them in, or leave out the columns or the rows.", func(c dataset.Column) bool {
		return 10*c.Missing > info.Count && c.Distinct > 1
	})
	return all
}
