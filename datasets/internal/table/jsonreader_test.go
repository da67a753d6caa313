package table

import (
	"bufio"
	"fmt"
	"strings"
	"testing"
)

// Words that JSON does not know become marked strings; what stands in strings stays.
func TestRepaired(t *testing.T) {
	for text, want := range map[string]string{
		`{"NaN":NaN,"a":"NaN, Infinity"}`: `{"NaN":"\u0000NaN","a":"NaN, Infinity"}`,
		`[-Infinity,1e5,true,null,-1]`:    `["\u0000-Infinity",1e5,true,null,-1]`,
		`["a\"NaN",NaN]`:                  `["a\"NaN","\u0000NaN"]`,
		`[1,2]`:                           `[1,2]`,
	} {
		if got := string(repaired([]byte(text))); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// A reader of JSON cuts values and counts lines.
func TestJSONReader(t *testing.T) {
	j := &jsonReader{r: bufio.NewReader(strings.NewReader(" {\"a\": \"}\\\"\"},\n[1,[2]] \n7 \"x\" null")), line: 1, most: 100}
	var got []string
	for {
		if _, err := j.start(); err != nil {
			break
		}
		line := j.line
		v, err := j.value()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d:%s", line, v))
	}
	want := `[1:{"a": "}\""} 2:[1,[2]] 3:7 3:"x" 3:null]`
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}
