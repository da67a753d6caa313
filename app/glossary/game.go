package glossary

// game has the words of the game itself.
var game = []Word{
	{
		Term: "GAN", Also: []string{"generative adversarial network", "adversarial game"},
		Text:    "Two networks that learn by playing against each other. One makes items, the other tells them from real ones. Both get better until the made ones look real.",
		Formula: "min over G, max over D of  E[log D(x)] + E[log(1 − D(G(z)))]",
		Source:  "Goodfellow et al. 2014, section 3, equation 1",
	},
	{
		Term: "Generator", Also: []string{"G"},
		Text:    "The network that makes an item of random numbers. It never sees a real item. All that it knows of them comes from the discriminator's slope.",
		Formula: "x = G(z)",
		Source:  "Goodfellow et al. 2014, section 3",
	},
	{
		Term: "Discriminator", Also: []string{"D", "What D sees", "D's heat-map"},
		Text:    "The network that says how real an item looks. It learns from real and generated items, and teaches the generator by the slope of its answer.",
		Formula: "D(x): from 0, generated, to 1, real",
		Source:  "Goodfellow et al. 2014, section 3",
	},
	{
		Term:    "Critic",
		Text:    "What the discriminator is called where its answer is a score and no probability. Only differences of scores mean something.",
		Formula: "E[D(x)] − E[D(G(z))]",
		Source:  "Arjovsky et al. 2017, section 3",
	},
	{
		Term: "Real item", Also: []string{"real", "real data", "real points"},
		Text: "An item of the data. The discriminator shall say 1 to it.",
	},
	{
		Term: "Generated item", Also: []string{"fake", "generated", "sample"},
		Text:   "An item that the generator made. The discriminator shall say 0 to it; the generator learns so that it says 1.",
		Source: "Goodfellow et al. 2014, section 3",
	},
	{
		Term: "D(x)", Also: []string{"D's judgement", "D(x) mean", "D(x) probability", "judgement"},
		Text:    "What the discriminator says of real items, on average. Near 1 it knows them well. At ½ it can only guess.",
		Formula: "mean of D(x) over the real items of a batch",
		Source:  "Goodfellow et al. 2014, section 4",
	},
	{
		Term:    "D(G(z))",
		Text:    "What the discriminator says of generated items, on average. Near 0 it is not fooled. At ½ it can only guess.",
		Formula: "mean of D(G(z)) over the generated items of a batch",
		Source:  "Goodfellow et al. 2014, section 4",
	},
	{
		Term: "Best discriminator", Also: []string{"optimal D", "D*", "best D", "Best D's value"},
		Text:    "The best that any discriminator can do, if one knows how dense real data (p) and generated items (q) are at a place.",
		Formula: "D*(x) = p(x) / (p(x) + q(x))",
		Source:  "Goodfellow et al. 2014, section 4.1, proposition 1",
	},
	{
		Term: "Value of the game", Also: []string{"Game", "value function", "−log 4", "log 4", "D from best D", "d_gap"},
		Text:    "What the discriminator wants high and the generator wants low. With the best discriminator it is lowest, −log 4 = −1.386, where generated items are spread exactly as the data.",
		Formula: "V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))]",
		Source:  "Goodfellow et al. 2014, section 4.1, theorem 1",
	},
	{
		Term: "Nash equilibrium", Also: []string{"equilibrium"},
		Text:   "A state that neither player can leave to its own advantage. Training looks for it; players who only follow their own slopes may circle around it.",
		Source: "Goodfellow 2016, section 3.1; Mescheder et al. 2018, section 2",
	},
	{
		Term: "Gradient", Also: []string{"slope", "gradient arrows"},
		Text:    "How an answer changes if one changes each number a little. Each player takes a small step along its own gradient. The arrows show where the discriminator pushes each generated item.",
		Formula: "∇ of the loss with respect to the weights",
	},
	{
		Term: "Gradient norm", Also: []string{"Gradient norms", "grad_d", "grad_g"},
		Text:    "How long a player's gradient is. Near 0 it learns nothing. Sudden peaks say that the learning rate is too high.",
		Formula: "‖g‖ = √(Σ gᵢ²)",
	},
	{
		Term: "Several discriminators", Also: []string{"GMAN"}, Keys: []string{"discriminators", "gman"},
		Text:   "Several discriminators judge every item. The generator faces their mean, or more of the harsher ones.",
		Source: "Durugkar et al. 2017, sections 3 and 4",
	},
	{
		Term: "Several generators", Also: []string{"MAD-GAN", "MDGAN"}, Keys: []string{"generators"},
		Text:   "Several generators share every batch. The discriminator also says which of them made an item, which drives them to different parts of the data.",
		Source: "Ghosh et al. 2018 (MAD-GAN)",
	},
	{
		Term: "Conditional GAN", Also: []string{"class", "classes", "projection", "AC-GAN", "Classes and players", "class_error"}, Keys: []string{"conditional", "labels", "attribute"},
		Text:    "The generator is told a class and makes an item of it. The discriminator is told the class too, or must name it.",
		Formula: "x = G(z, y)",
		Source:  "Mirza and Osindero 2014; Odena et al. 2017; Miyato and Koyama 2018",
	},
	{
		Term: "Semi-supervised learning", Also: []string{"Known labels"}, Keys: []string{"semi_supervised", "labelled"},
		Text:   "The discriminator learns to name classes from a few labelled items and many that have no label.",
		Source: "Salimans et al. 2016, section 5",
	},
}
