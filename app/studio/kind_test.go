package studio

import (
	"testing"

	"ganvas/datasets"
	"ganvas/engine/recipe"
)

// TestKindWithoutData: what a run makes is known from its recipe where its data are missing.
func TestKindWithoutData(t *testing.T) {
	for data, want := range map[string]datasets.Kind{
		"ring": datasets.Points, "measured.csv": datasets.Points, "digits": datasets.Pictures, "/photos/cats": datasets.Pictures,
	} {
		r := &Run{Recipe: &recipe.Recipe{Data: data, ImageSize: 8, Channels: 1}}
		if got := r.Kind(); got != want {
			t.Errorf("%s: %v, want %v", data, got, want)
		}
	}
}
