package results

import (
	"testing"

	"ganvas/engine/reproduce"
)

// TestResults: what is kept here are whole results of tables that there are, and each says what
// made it.
func TestResults(t *testing.T) {
	all, err := reproduce.Load(Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		table, err := reproduce.Find(r.Name)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(r.Rows) != len(table.Methods) || len(r.Columns) != len(table.Columns) {
			t.Errorf("%s: %d methods and %d columns, the table has %d and %d: run it again", r.Name, len(r.Rows), len(r.Columns), len(table.Methods), len(table.Columns))
		}
		if r.Command == "" || r.Version == "" || r.Made == "" || r.Seeds < 1 || r.Quick {
			t.Errorf("%s: it does not say what made it, or is a quick one: %q, %q, %q", r.Name, r.Command, r.Version, r.Made)
		}
	}
}
