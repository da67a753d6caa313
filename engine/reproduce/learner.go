package reproduce

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/others"
	"ganvas/engine/recipe"
)

// A learner is what a trial trains.
type learner interface {
	steps() int64
	update() (gradG float64, err error) // NaN where there is no generator to have a gradient
	generator() *gan.Generator          // as it is now
	network() string
}

// begin makes the learner of a method.
func (p *trial) begin(m Method) (err error) {
	item, data := nn.Shape(p.data.Info().Shape), datasets.NewLoader(p.data, p.recipe.Seed, p.recipe.Mirror)
	if m.Other == others.Directed {
		p.learner, err = newAutoencoder(p.recipe, item, data)
		return err
	}
	if p.trainer, err = gan.New(p.recipe, item, data); err != nil {
		return err
	}
	p.learner = pair{p.trainer, p.recipe}
	return p.know()
}

// pair is the adversarial pair.
type pair struct {
	trainer *gan.Trainer
	recipe  *recipe.Recipe
}

func (p pair) steps() int64 { return p.trainer.Step }

func (p pair) update() (float64, error) {
	s, err := p.trainer.Both()
	return s.GradG, err
}

// generator is the averaged one where there is one.
func (p pair) generator() *gan.Generator {
	return gan.NewGenerator(p.trainer.Sampler(), p.recipe.LatentKind)
}

func (p pair) network() string {
	return fmt.Sprintf("G: %s; D: %s", strings.Join(p.recipe.G.Layers, ", "), strings.Join(p.recipe.D.Layers, ", "))
}

// autoencoder is a variational autoencoder of a recipe's networks: G decodes, and D, with a last
// layer that is wide enough, encodes.
type autoencoder struct {
	vae    *others.VAE
	config others.VAEConfig
}

func newAutoencoder(r *recipe.Recipe, item nn.Shape, data gan.Batches) (autoencoder, error) {
	encoder := slices.Clone(r.D.Layers)
	encoder[len(encoder)-1] = fmt.Sprintf("linear %d", 2*r.Latent)
	g := r.G
	a := autoencoder{config: others.VAEConfig{
		Item: item, Latent: r.Latent, Encoder: encoder, Decoder: g.Layers,
		Training: others.Training{
			Batch: r.Batch, Steps: int64(r.Steps), Decay: r.EMA,
			Optim: optim.Config{Name: g.Optimizer, LR: g.LR, Beta1: g.Beta1, Beta2: g.Beta2, Momentum: g.Momentum},
		},
	}}
	var err error
	a.vae, err = others.NewVAE(a.config, data, r.Seed)
	return a, err
}

func (a autoencoder) steps() int64 { return a.vae.Steps() }

func (a autoencoder) update() (float64, error) { return math.NaN(), a.vae.Step() }

func (a autoencoder) generator() *gan.Generator { return a.vae.Generator() }

func (a autoencoder) network() string {
	return fmt.Sprintf("decoder: %s; encoder: %s", strings.Join(a.config.Decoder, ", "), strings.Join(a.config.Encoder, ", "))
}
