package glossary

// latents has the words of exploring.
var latents = []Word{
	{
		Term: "Latent", Also: []string{"z", "noise", "latent vector", "Latent size", "Latent kind", "latent space"}, Keys: []string{"latent", "latent_kind"},
		Text:    "The random numbers of which the generator makes one item. Near latents make items that are alike.",
		Formula: "z ~ N(0, 1) for each number, or even between −1 and 1",
		Source:  "Goodfellow et al. 2014, section 3",
	},
	{
		Term: "Direction", Also: []string{"Directions", "principal directions", "Sliders"},
		Text:    "A way to move through the latents that changes one thing about the item. The strongest ones are those to which the generator's first layer reacts most.",
		Formula: "z + α·n,  n of the singular vectors of the first weights",
		Source:  "Shen and Zhou 2021 (SeFa), section 3",
	},
	{
		Term: "Coordinates",
		Text: "The numbers of the latent themselves, each on its own.",
	},
	{
		Term: "Interpolation", Also: []string{"From A to B", "Pin A", "Pin B", "walk", "slerp"},
		Text:    "The way from one latent to another. On a bell curve it goes along the sphere, as the middle of a straight line would be too short.",
		Formula: "sin((1−t)θ)/sin θ · a + sin(tθ)/sin θ · b",
		Source:  "White 2016, section 2.1",
	},
	{
		Term:   "Manifold",
		Text:   "Where a grid of latents goes: all that the generator can make. Where its cells are small, it makes many items.",
		Source: "Kahng et al. 2019 (GAN Lab)",
	},
}
