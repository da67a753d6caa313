package nn

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ParseLayer reads one layer string of a recipe: the kind, then its numbers, separated by spaces,
// with "sn" or "wn" before a linear, conv or convt layer whose weights are normalised. The error
// says what is wrong and what is expected.
func ParseLayer(s string) (Layer, error) {
	l, reason := parseLayer(s)
	if reason != "" {
		return Layer{}, fmt.Errorf("layer %q: %s", s, reason)
	}
	return l, nil
}

// String returns the canonical text of the layer, from which ParseLayer makes the same layer again.
func (l Layer) String() string {
	var b strings.Builder
	if l.Spectral {
		b.WriteString("sn ")
	}
	if l.WeightNorm {
		b.WriteString("wn ")
	}
	b.WriteString(l.Kind)
	for _, a := range l.Args {
		b.WriteByte(' ')
		b.WriteString(formatNumber(a))
	}
	if l.Mode != "" {
		b.WriteByte(' ')
		b.WriteString(l.Mode)
	}
	return b.String()
}

// parseLayer returns the layer, or why s is none.
func parseLayer(s string) (Layer, string) {
	words := strings.Fields(s)
	var l Layer
	prefix := ""
	if len(words) > 0 && (words[0] == "sn" || words[0] == "wn") {
		prefix, words = words[0], words[1:]
		l.Spectral, l.WeightNorm = prefix == "sn", prefix == "wn"
		if len(words) == 0 {
			return Layer{}, fmt.Sprintf(`%s stands before a linear, conv or convt layer: for instance "%[1]s linear 1"`, prefix)
		}
		if words[0] == "sn" || words[0] == "wn" {
			return Layer{}, fmt.Sprintf("sn and wn both normalise the weights, and a layer has only one of them: leave out %s", words[0])
		}
	}
	if len(words) == 0 {
		return Layer{}, `empty: write a kind and its numbers, for instance "linear 64"`
	}
	k, ok := KindOf(words[0])
	if !ok {
		return Layer{}, unknownKind(words[0])
	}
	if prefix != "" && !k.Weighted {
		return Layer{}, fmt.Sprintf("%s normalises the weights of linear, conv and convt, and %s is none of them: leave out %[1]s", prefix, k.Name)
	}
	l.Kind = k.Name
	return l.withNumbers(k, words[1:])
}

func unknownKind(word string) string {
	names := make([]string, 0, len(kinds)+2)
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	near := Nearest(word, append(names, "sn", "wn"))
	if len(near) == 0 {
		return fmt.Sprintf("unknown kind %q: the kinds are %s", word, strings.Join(names, ", "))
	}
	return fmt.Sprintf("unknown kind %q: did you mean %s?", word, strings.Join(near, " or "))
}

// withNumbers reads the words after the kind.
func (l Layer) withNumbers(k Kind, words []string) (Layer, string) {
	var numbers []Knob
	var choices []string
	for _, p := range k.Params {
		if p.Choices != nil {
			choices = p.Choices
		} else {
			numbers = append(numbers, p)
		}
	}
	if choices != nil {
		l.Mode = choices[0]
		if n := len(numbers); len(words) == n+1 {
			if !slices.Contains(choices, words[n]) {
				return Layer{}, fmt.Sprintf("%q is not one of %s", words[n], strings.Join(choices, ", "))
			}
			l.Mode = words[n]
			words = words[:n]
		}
	}
	if len(words) != len(numbers) {
		return Layer{}, wrongCount(k, len(numbers), len(words))
	}
	for i, w := range words {
		v, reason := parseNumber(w, numbers[i])
		if reason != "" {
			return Layer{}, reason
		}
		l.Args = append(l.Args, v)
	}
	if (k.Name == "conv" || k.Name == "convt") && l.Args[3] >= l.Args[1] {
		return Layer{}, fmt.Sprintf("PAD must be less than KERNEL, which is %d, not %d", l.Arg(1), l.Arg(3))
	}
	return l, ""
}

func wrongCount(k Kind, want, got int) string {
	if want == 0 {
		return fmt.Sprintf("%s takes no numbers: write %q", k.Name, k.Name)
	}
	names := make([]string, 0, len(k.Params))
	for _, p := range k.Params {
		if p.Choices != nil {
			names = append(names, "["+strings.Join(p.Choices, "|")+"]")
			continue
		}
		names = append(names, p.Name)
	}
	plural := "s"
	if want == 1 {
		plural = ""
	}
	return fmt.Sprintf("%s takes %d number%s (%s), not %d: for instance %q", k.Name, want, plural, strings.Join(names, " "), got, k.Layer())
}

// parseNumber is stricter than strconv: no hexadecimal, no infinities, no underscores.
func parseNumber(w string, k Knob) (float64, string) {
	v, err := strconv.ParseFloat(w, 64)
	if err != nil || strings.Trim(w, "0123456789.eE+-") != "" {
		return 0, fmt.Sprintf("%s must be a number, not %q", k.Name, w)
	}
	if k.Integer && v != math.Trunc(v) {
		return 0, fmt.Sprintf("%s must be a whole number, not %s", k.Name, w)
	}
	if v < k.Min || v > k.Max {
		return 0, fmt.Sprintf("%s must be %s to %s, not %s", k.Name, formatNumber(k.Min), formatNumber(k.Max), w)
	}
	return v + 0, "" // +0 turns −0 into 0
}

// formatNumber writes v in its shortest form, whole numbers without an exponent.
func formatNumber(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Nearest returns those of known that are likely meant by a misspelt word, nearest first and at
// most three: by edit distance (Damerau and Levenshtein, adjacent swaps count one) of up to a third
// of the length, and beginnings. Upper and lower case are the same.
func Nearest(word string, known []string) []string {
	type match struct {
		name string
		d    int
	}
	word = strings.ToLower(word)
	var ms []match
	for _, name := range known {
		d := editDistance(word, strings.ToLower(name))
		if limit := max(1, (max(len(word), len(name))+1)/3); d <= limit && d < len(name) {
			ms = append(ms, match{name, d})
		} else if len(word) >= 2 && strings.HasPrefix(strings.ToLower(name), word) {
			ms = append(ms, match{name, limit + d})
		}
	}
	slices.SortStableFunc(ms, func(a, b match) int { return a.d - b.d })
	var out []string
	for _, m := range ms[:min(3, len(ms))] {
		out = append(out, m.name)
	}
	return out
}

// editDistance counts the insertions, deletions, replacements and swaps of neighbours that turn a
// into b (optimal string alignment).
func editDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
