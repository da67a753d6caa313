package judge

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

// Key names judgements that may be compared: those of as many samples at most, of the averaged
// generator or of the one that plays. The number changes with what is measured and how: that of
// pictures did when sharpness came in.
func Key(kind datasets.Kind, samples int, ema bool) string {
	version := 1
	if kind == datasets.Pictures {
		version = 2
	}
	return fmt.Sprintf("measures %d samples=%d ema=%t", version, samples, ema)
}

// kept is a measure as it is kept; an error that is not known is null.
type kept struct {
	Name           string   `json:"name"`
	Value          float64  `json:"value"`
	HigherIsBetter bool     `json:"higher_is_better"`
	StdErr         *float64 `json:"stderr"`
	Samples        int      `json:"samples"`
	Perfect        float64  `json:"perfect"`
}

// Encode writes measures as text that Decode reads.
func Encode(measures []metrics.Measure) (string, error) {
	list := make([]kept, len(measures))
	for i, m := range measures {
		list[i] = kept{m.Name, m.Value, m.HigherIsBetter, nil, m.Samples, m.Perfect}
		if !math.IsNaN(m.StdErr) {
			list[i].StdErr = &m.StdErr
		}
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// Decode reads what Encode wrote.
func Decode(text string) ([]metrics.Measure, error) {
	var list []kept
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("read what was judged: %w: judge again", err)
	}
	out := make([]metrics.Measure, len(list))
	for i, k := range list {
		out[i] = metrics.Measure{Name: k.Name, Value: k.Value, HigherIsBetter: k.HigherIsBetter, StdErr: math.NaN(), Samples: k.Samples, Perfect: k.Perfect}
		if k.StdErr != nil {
			out[i].StdErr = *k.StdErr
		}
	}
	return out, nil
}

// IsKey tells whether Key made a key.
func IsKey(key string) bool { return strings.HasPrefix(key, "measures ") }

// Names of measures, those that say most of samples first.
var (
	ofPictures = []string{"frechet", "mmd", "precision", "recall", "density", "coverage", "copies", "similarity", "parzen_nats"}
	ofPoints   = []string{"js"}
	ofModes    = []string{"js", "modes", "high_quality", "kl_modes", "best_value", "game_value", "d_gap"}
)

// Names returns the names of what Evaluate measures of a set, what says most first. Some may be left
// out of a report, as where the discriminator is not given.
func Names(set datasets.Set) []string {
	_, modal := set.(datasets.Modal)
	switch {
	case set.Info().Kind != datasets.Points:
		return slices.Clone(ofPictures)
	case modal:
		return slices.Clone(ofModes)
	}
	return slices.Clone(ofPoints)
}

// Rank orders measures by how much they say of samples; what is not known comes last.
func Rank(name string) int {
	all := slices.Concat(ofModes, ofPictures)
	if i := slices.Index(all, name); i >= 0 {
		return i
	}
	return len(all)
}
