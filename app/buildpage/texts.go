package buildpage

import (
	"fmt"

	"ganvas/app/words"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// kindKeys says which keys of classes and of several players do something with r's other settings.
func kindKeys(r *recipe.Recipe) map[string]bool {
	return map[string]bool{"labelled": r.SemiSupervised || r.Labelled > 0, "gman": r.Discriminators > 1}
}

// follow changes what else must be so that a key that was just set to something makes sense: a game
// with classes needs the labels of the data, and a semi-supervised one probabilities.
func follow(r *recipe.Recipe, key string) {
	switch key {
	case "conditional", "semi_supervised":
	default:
		return
	}
	if r.Classes() && r.Labels == "none" {
		r.Labels = "folder"
	}
	if key == "semi_supervised" && r.SemiSupervised {
		r.Conditional = "none"
		if r.Objective != "minimax" {
			r.Objective = "nonsaturating"
		}
	}
	if key == "conditional" && r.Conditional != "none" {
		r.SemiSupervised, r.Labelled = false, 0
	}
	if !r.SemiSupervised {
		r.Labelled = 0
	}
}

// playerTitle is what a stack of layers is called: "Generator", or "3 generators", which each have
// all of the layers.
func playerTitle(one, several string, n int) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// latentText says what enters a generator.
func latentText(r *recipe.Recipe) string {
	text := "noise: " + words.Counted(r.Latent, "number")
	if g, _ := r.Inputs(nil); g.Size() > r.Latent {
		text += fmt.Sprintf(", class: %d more", g.Size()-r.Latent)
	}
	return text
}

// seenText says what enters a discriminator.
func seenText(r *recipe.Recipe, item nn.Shape) string {
	text := "real or generated: " + item.String()
	if r.Pack > 1 {
		text = fmt.Sprintf("%d real or %d generated: %v", r.Pack, r.Pack, r.Seen(item))
	}
	if _, d := r.Inputs(item); !d.Equal(r.Seen(item)) {
		text += fmt.Sprintf(", class: %d more channels", d.Channels()-item.Channels())
	}
	return text
}

// saidText says what leaves a discriminator, given what its last layer is about.
func saidText(r *recipe.Recipe, score string) string {
	switch {
	case r.SemiSupervised:
		return "a number for each class; together: is it real?"
	case r.Conditional == "classifier" && r.Generators > 1:
		return words.Sentence(score) + " Which class? Which generator?"
	case r.Conditional == "classifier":
		return words.Sentence(score) + " Which class?"
	case r.Generators > 1:
		return words.Sentence(score) + " Which generator?"
	case r.Conditional == "projection":
		score += " Judged by class"
	}
	return "one number: " + score
}
