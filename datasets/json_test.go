package datasets

import (
	"fmt"
	"strings"
	"testing"
)

// Points in every form that programs write tables in JSON; what is damaged or no number takes
// nothing else with it.
func TestJSONPoints(t *testing.T) {
	var many strings.Builder // more than the beginning that decides how a file is read
	for i := range 4000 {
		fmt.Fprintf(&many, `,{"x":%d,"y":%d,"note":"none"}`, i, i*i)
	}
	columns := func(row func(k, i int) string) string {
		var s strings.Builder
		for k, name := range []string{"x", "y"} {
			fmt.Fprintf(&s, `%s"%s":{`, map[bool]string{true: ","}[k > 0], name)
			for i := range 4000 {
				s.WriteString(map[bool]string{true: ","}[i > 0] + row(k, i))
			}
			s.WriteByte('}')
		}
		return "{" + s.String() + "}"
	}
	tests := []struct {
		name, text string
		n          int
		skipped    string // what the reasons hold; "" is none
	}{
		{"NaN in an array", `[{"x":1,"y":2},{"x":NaN,"y":2},{"x":3,"y":-Infinity},{"x":4,"y":5}]`, 2, `a.json item 2, column 1: it is empty (NaN); a.json item 3, column 2: "-Infinity" is no finite number`},
		{"NaN in lines", "{\"x\":NaN,\"y\":1}\n{\"x\":1,\"y\":2}\n{\"x\":3,\"y\":inf}\n{\"x\":3,\"y\":4}\n", 2, `line 1, column 1: it is empty (NaN)`},
		{"NaN first", "[NaN, 1]\n[1, 2]\n[3, 4]\n", 2, "line 1, column 1: it is empty (NaN)"},
		{"Python's words", "[[1,2],[None,3],[nan,4],[True,5],[3,4]]", 2, "(None)"},
		{"numbers as JSON has none", "[[1,.5],[+2,3.],[01,1]]", 3, ""},
		{"a row that is damaged", `[{"x":1,"y":2},{"x":1 "y":2},{"x":3,"y":4}]`, 2, "item 2: not JSON"},
		{"a bracket that is wrong", `[[1,2],[3,4},[5,6]]`, 2, "item 2: not JSON"},
		{"an item that is no row", `[[1,2],null,7,"a",[5,6]]`, 2, "item 4: neither an object nor an array"},
		{"a comma too many", `[[1,2],[5,6],]`, 2, ""},
		{"more behind the array", "[[1,2],[5,6]]\n[7,8]", 2, "from here on: what follows the array of rows"},
		{"cut in an item", `[[1,2],[5,6],[7`, 2, "from here on: damaged JSON"},
		{"objects over lines", "{\n \"x\": 1,\n \"y\": 2\n}\n{\n \"x\": 3,\n \"y\": 4\n}\n", 2, ""},
		{"objects over lines, one of them damaged", "{\n \"x\": 1,\n \"y\": 2\n}\n{\n \"x\" 3\n}\n{\n \"x\": 5,\n \"y\": 6\n}\n", 2, "line 5: not JSON"},
		{"objects side by side", `{"x":1,"y":2}{"x":3,"y":4} {"x":5,"y":6}`, 3, ""},
		{"arrays over lines", "[\n1,\n2\n]\n[\n3,\n4\n]", 2, ""},
		{"wrapped", `{"count": 2, "data": [{"x":1,"y":2},{"x":3,"y":4}]}`, 2, ""},
		{"wrapped, with NaN", `{"data": [{"x":1,"y":2},{"x":NaN,"y":4},{"x":3,"y":4}]}`, 2, "item 2, column 1"},
		{"wrapped in another member first", `{"meta":[[1,2,3]],"rows":[[1,2],[3,4],[5,6]]}`, 3, ""},
		{"pandas, orient columns", `{"x":{"0":1,"1":3},"y":{"0":2,"1":4}}`, 2, ""},
		{"pandas, orient columns, by dates", `{"x":{"2020-01-01":1,"2020-01-02":3,"2020-01-03":3},"y":{"2020-01-01":2,"2020-01-02":4,"2020-01-03":3}}`, 3, ""},
		{"pandas, orient index", `{"0":{"x":1,"y":2},"1":{"x":3,"y":4}}`, 2, ""},
		{"pandas, orient split", `{"columns":["x","y"],"index":[0,1],"data":[[1,2],[3,4]]}`, 2, ""},
		{"lists of columns", `{"x":[1,3,5],"y":[2,4,null]}`, 2, "item 3, column 2: it is empty"},
		{"many rows, wrapped", `{"count":4000,"data":[` + strings.ReplaceAll(many.String()[1:], `,"note":"none"`, "") + `]}`, 4000, ""},
		{"many rows, split", `{"columns":["x","y"],"data":[` + strings.Repeat("[1,2],", 20000) + `[3,4]]}`, 20001, ""},
		{"many rows, orient columns", columns(func(k, i int) string { return fmt.Sprintf(`"%d":%d`, i, i*(k+1)) }), 4000, ""},
	}
	for _, tt := range tests {
		set, err := openPlain(t, "a.json", tt.text, Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var reasons []string
		for _, s := range set.Info().Skipped {
			reasons = append(reasons, s.Path+": "+s.Reason)
		}
		all := strings.ReplaceAll(strings.Join(reasons, "; "), ": fill it in or delete the line", "")
		if set.Len() != tt.n || (tt.skipped == "") != (all == "") || !strings.Contains(all, tt.skipped) {
			t.Errorf("%s: %d points, left out %q; want %d and %q", tt.name, set.Len(), all, tt.n, tt.skipped)
		}
		if note := set.Info().Notes[0]; !strings.Contains(note, "columns x and y") {
			t.Errorf("%s: %q", tt.name, note)
		}
	}
}

// What is no table of columns or rows stays one row.
func TestJSONOneRow(t *testing.T) {
	for _, text := range []string{`{"x":1,"y":2}`, `{"a":{"b":1},"c":{"d":2}}`, `{"a":{"b":1},"c":3}`, `{"a":[1,2],"c":3}`} {
		set, err := openPlain(t, "a.json", text, Options{Tables: true})
		if err == nil && (set.Info().Count != 1 || set.Info().Kind != Table) {
			t.Errorf("%s: %+v, want one row", text, set.Info())
		}
		if err != nil && !strings.Contains(err.Error(), "1 point: at least 2 are needed") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
